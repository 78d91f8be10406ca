#!/bin/sh
# The browser tests drive the real Chromium. Installs it by apt when it is missing and this user may; says so when not.
set -eu
for name in chromium chromium-browser google-chrome; do
	command -v "$name" >/dev/null && exit 0
done
become=""
[ "$(id -u)" = 0 ] || become="sudo -n"
if command -v apt-get >/dev/null && $become true 2>/dev/null; then
	$become apt-get update -qq
	$become env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
	echo 'Không có Chromium và không cài được: các kiểm thử trình duyệt sẽ bị bỏ qua. Cài gói chromium rồi chạy lại.' >&2
fi
