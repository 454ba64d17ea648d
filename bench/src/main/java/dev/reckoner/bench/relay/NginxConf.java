package dev.reckoner.bench.relay;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The configuration of the nginx that is compared with: one worker on the loopback interface, kept connections on both
 * sides, no log, pieces passed on as they come, and a buffer that takes a whole response at once.
 */
final class NginxConf {

    private static final String TEXT = """
            daemon off;
            worker_processes 1;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log crit;
            events {
                worker_connections 4096;
            }
            http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                client_max_body_size 256m;
                client_body_buffer_size 256k;
                keepalive_requests 1000000000;
                tcp_nodelay on;
                upstream origin {
                    server 127.0.0.1:%3$d;
                    keepalive 256;
                    keepalive_requests 1000000000;
                }
                server {
                    listen 127.0.0.1:%2$d;
                    location / {
                        proxy_pass http://origin;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_buffering off;
                        proxy_request_buffering off;
                        proxy_buffer_size 32k;
                        proxy_buffers 8 32k;
                    }
                }
            }
            """;

    private NginxConf() {}

    /**
     * The text of the file.
     *
     * @param directory where nginx may write
     */
    static String text(Path directory, int port, InetSocketAddress upstream) {
        return String.format(Locale.ROOT, TEXT, directory, port, upstream.getPort());
    }
}
