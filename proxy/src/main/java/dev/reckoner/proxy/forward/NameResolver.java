package dev.reckoner.proxy.forward;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up with the JDK's resolver, which blocks, on threads of its own behind one bounded queue. Literals need no
 * thread. The JDK caches answers. Safe on any thread.
 */
final class NameResolver implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int WAITING_MAX = 1024;
    private static final int THREAD_IDLE_SECONDS = 60;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            THREAD_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            new DefaultThreadFactory("reckoner-names", true));

    NameResolver() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** All addresses of a host; completes on the event loop. */
    Future<List<InetAddress>> resolve(String host, EventExecutor loop) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return loop.newSucceededFuture(List.of(address(host, literal)));
        }
        Promise<List<InetAddress>> answer = loop.newPromise();
        try {
            threads.execute(() -> lookUp(host, answer));
        } catch (RejectedExecutionException e) {
            answer.setFailure(new UnknownHostException("more than " + WAITING_MAX + " lookups are waiting"));
        }
        return answer;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static InetAddress address(String host, byte[] literal) {
        try {
            return InetAddress.getByAddress(host, literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a literal has 4 or 16 bytes", e);
        }
    }

    private static void lookUp(String host, Promise<List<InetAddress>> answer) {
        try {
            answer.trySuccess(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException | RuntimeException e) {
            answer.tryFailure(e);
        }
    }
}
