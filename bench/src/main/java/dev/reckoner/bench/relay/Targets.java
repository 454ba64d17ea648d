package dev.reckoner.bench.relay;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts what is compared. Everything a target writes goes below one working directory. */
final class Targets {

    static final String NGINX = "nginx";
    static final String RECKONER = "reckoner";

    /** The proxy with books that keep nothing: what is left is the relay and the tap. */
    static final String UNBOOKED = "unbooked";

    /** Every name, in the order of the table. */
    static final List<String> NAMES = List.of(Direct.NAME, NGINX, UNBOOKED, RECKONER);

    private final RelayOptions options;
    private final InetSocketAddress upstream;
    private final Path work;

    Targets(RelayOptions options, InetSocketAddress upstream, Path work) {
        this.options = options;
        this.upstream = upstream;
        this.work = work;
    }

    /** Why a target can't be compared here, null where it can. */
    static @Nullable String missing(String name, RelayOptions options) {
        if (name.equals(NGINX) && nginx() == null) {
            return "nginx is not installed";
        }
        if (name.equals(RECKONER) && !Files.isRegularFile(options.jar())) {
            return options.jar() + " does not exist";
        }
        return null;
    }

    /** Starts a target by its name. */
    Target start(String name) {
        return switch (name) {
            case Direct.NAME -> new Direct(upstream);
            case NGINX -> startNginx();
            case UNBOOKED -> startUnbooked();
            case RECKONER -> startReckoner();
            default ->
                throw new IllegalArgumentException("target '" + name + "' is not known, expected one of " + NAMES);
        };
    }

    private Target startNginx() {
        int port = Child.freePort();
        Path directory = directory(NGINX);
        Path conf = directory.resolve("nginx.conf");
        write(conf, NginxConf.text(directory, port, upstream));
        String binary = String.valueOf(nginx());
        List<String> command = List.of(
                binary,
                "-p",
                directory.toString(),
                "-c",
                conf.toString(),
                "-e",
                directory.resolve("error.log").toString());
        return Child.start(NGINX, port, start(command, Map.of(), directory));
    }

    private Target startReckoner() {
        int port = Child.freePort();
        Path directory = directory(RECKONER);
        Map<String, String> environment = Map.of(
                "RECKONER_LISTEN",
                "127.0.0.1:" + port,
                "RECKONER_CONSOLE_LISTEN",
                "127.0.0.1:0",
                "RECKONER_UPSTREAM_URL",
                "http://127.0.0.1:" + upstream.getPort(),
                "RECKONER_LEDGER_DIRECTORY",
                directory.resolve("ledger").toString());
        List<String> command = java();
        command.addAll(List.of("-jar", options.jar().toAbsolutePath().toString(), "serve"));
        return Child.start(RECKONER, port, start(command, environment, directory));
    }

    private Target startUnbooked() {
        int port = Child.freePort();
        Path directory = directory(UNBOOKED);
        List<String> command = java();
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), UnbookedProxy.class.getName()));
        command.addAll(List.of(
                Integer.toString(port),
                "http://127.0.0.1:" + upstream.getPort(),
                directory.resolve("key-secret").toString()));
        return Child.start(UNBOOKED, port, start(command, Map.of(), directory));
    }

    private Child.Start start(List<String> command, Map<String, String> environment, Path directory) {
        return new Child.Start(command, environment, directory.resolve("output.log"), options.proxyCore());
    }

    /** The Java of this process, with the launcher's own options. */
    private List<String> java() {
        Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(options.javaOptions());
        return command;
    }

    private static @Nullable Path nginx() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry, NGINX))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private Path directory(String name) {
        try {
            return Files.createDirectories(work.resolve(name)).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("the directory " + work.resolve(name) + " can't be made", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be written", e);
        }
    }
}
