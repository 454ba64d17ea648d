package dev.reckoner.reconcile.booked;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does a long piece of work in spans, several at once. */
final class SideBySide {

    private SideBySide() {}

    /**
     * What the spans of a list come to, in their order.
     *
     * @param threads at most so many spans, and threads
     * @param work done for each span, which is never empty
     * @throws RuntimeException the first that a span ended with
     */
    static <T, R> List<R> of(List<T> all, int threads, Function<List<T>, List<R>> work) {
        if (all.isEmpty()) {
            return List.of();
        }
        int size = (all.size() + threads - 1) / threads;
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "reconcile-reader");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<R>>> spans = new ArrayList<>();
            for (int i = 0; i < all.size(); i += size) {
                List<T> span = all.subList(i, Math.min(all.size(), i + size));
                spans.add(executor.submit(() -> work.apply(span)));
            }
            List<R> results = new ArrayList<>();
            for (Future<List<R>> span : spans) {
                results.addAll(result(span));
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }

    private static <R> List<R> result(Future<List<R>> span) {
        try {
            return span.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the books were read", e);
        }
    }
}
