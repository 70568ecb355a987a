<?php
// Install WordPress and publish the posts of a JSON file.
define('WP_INSTALLING', true);
require getenv('RILIS_WP_ROOT') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Kabar Contoh', 'redaksi', 'redaksi@example.id', true, '', 'sandi-uji');
update_option('permalink_structure', '/%year%/%monthnum%/%day%/%postname%/');
update_option('timezone_string', 'Asia/Jakarta');
$themes = array_keys(wp_get_themes());
if (!$themes) {
    fwrite(STDERR, 'no theme: install wordpress-theme-twentytwentythree');
    exit(1);
}
switch_theme($themes[0]);
flush_rewrite_rules(true);
wp_delete_post(1, true);
foreach (json_decode(file_get_contents($argv[1]), true) as $post) {
    $id = wp_insert_post($post + ['post_status' => 'publish', 'post_author' => 1], true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message());
        exit(1);
    }
}
