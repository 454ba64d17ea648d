package dev.reckoner.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The simulator as a program: {@code --port 8490 --seed 1 --think-ms 300 --pace-ms 15 --fault-rate 0.02 --gzip}. */
public final class Main {
    private static final String USAGE =
            "usage: simulate [--port N] [--seed N] [--think-ms N] [--pace-ms N] [--fault-rate 0..1] [--gzip]";

    private Main() {}

    /** Runs until it is interrupted. */
    public static void main(String[] args) throws InterruptedException {
        int code = run(args, System.out, System.err, new CountDownLatch(1));
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Starts as the arguments say and returns when {@code stop} is counted down: 0, 1 can't listen, 2 wrong use. */
    public static int run(String[] args, PrintStream out, PrintStream err, CountDownLatch stop)
            throws InterruptedException {
        SimulatorOptions options;
        try {
            options = options(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return 2;
        }
        try (Simulator simulator = Simulator.start(options)) {
            out.println("simulator listens on " + simulator.url());
            out.println("try: ANTHROPIC_BASE_URL=" + simulator.url() + " ANTHROPIC_API_KEY=sk-ant-any");
            out.flush();
            stop.await();
            return 0;
        } catch (IOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static SimulatorOptions options(String[] args) {
        SimulatorOptions options = SimulatorOptions.defaults();
        int port = 8490;
        long think = 300;
        long pace = 15;
        for (int i = 0; i < args.length; i++) {
            String name = args[i];
            if (name.equals("--gzip")) {
                options.gzip(true);
                continue;
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("unknown option or missing value: " + name);
            }
            String value = args[++i];
            switch (name) {
                case "--port" -> port = Integer.parseInt(value);
                case "--seed" -> options.seed(Long.parseLong(value));
                case "--think-ms" -> think = Long.parseLong(value);
                case "--pace-ms" -> pace = Long.parseLong(value);
                case "--fault-rate" -> options.faultRate(Double.parseDouble(value));
                default -> throw new IllegalArgumentException("unknown option: " + name);
            }
        }
        options.pace(Duration.ofMillis(think), Duration.ofMillis(pace));
        return options.address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
