// The calendar beside a date box, fetched when one is first opened (js/dates.js).
import "cally";
