<?php
// PHP's own server: log the instant and the address of each request, then do as WordPress's .htaccess says.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
file_put_contents(getenv('RILIS_WP_LOG'), sprintf("%.4f %s %s\n", microtime(true), $_SERVER['REQUEST_URI'], $_SERVER['HTTP_USER_AGENT'] ?? '-'), FILE_APPEND | LOCK_EX);
if ($path !== '/' && is_file($_SERVER['DOCUMENT_ROOT'] . $path)) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
