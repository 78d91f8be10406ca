// Every page. htmx comes from the django-htmx package (tools/assets.py names the file).
import "./css/app.css";
import "icons"; // a class per icon (tools/assets.py)
import "htmx";
import "./js/menu.js";
import "./js/forms.js";
import "./js/terms.js";
import "./js/copy-table.js";
import "./js/busy.js";
import "./js/tables.js";
import "./js/picks.js";
import "./js/trail.js";
import "./js/copy.js";
import "./js/print.js";
import "./js/answers.js";
import "./js/palette.js";
import "./js/upload.js";
