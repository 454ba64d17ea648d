package dev.reckoner.console.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which path is answered by what: exact paths, and subtrees whose path ends in a slash. A path may be read (GET, HEAD),
 * or change something (POST), or take something away (DELETE).
 */
public final class Endpoints {

    private final Map<String, Endpoint> exact = new LinkedHashMap<>();
    private final Map<String, Endpoint> changes = new LinkedHashMap<>();
    private final Map<String, Endpoint> removals = new LinkedHashMap<>();
    private final Map<String, Endpoint> subtrees = new LinkedHashMap<>();
    private final Map<String, EventFeed> feeds = new LinkedHashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Set<String> forReaders = new HashSet<>();
    private Answer loginPage = Answer.text("log in first\n");

    /** Answers a question. */
    @FunctionalInterface
    public interface Answering {

        /**
         * The answer, made on a thread that may block unless the endpoint is an instant one.
         *
         * @throws Problem where the question can't be answered
         */
        Answer answer(Question question);
    }

    /** Where an endpoint's answers are made. */
    public enum Where {
        /** On the event loop: never blocks. */
        INSTANT,
        /** On the thread kept free for health. */
        HEALTH,
        /** On the report workers. */
        REPORTS
    }

    record Endpoint(Where where, Answering answering, int bodyBytesMax) {}

    /** Adds an endpoint; a path that ends in a slash (and isn't the root) takes everything below it. */
    public Endpoints add(String path, Where where, Answering answering) {
        boolean subtree = path.length() > 1 && path.endsWith("/");
        (subtree ? subtrees : exact).put(path, new Endpoint(where, answering, 0));
        return this;
    }

    /** Adds an endpoint that changes something and takes no body. */
    public Endpoints addChange(String path, Where where, Answering answering) {
        return addChange(path, where, 0, answering);
    }

    /** Adds an endpoint that changes something by a body of at most so many bytes of UTF-8. */
    public Endpoints addChange(String path, Where where, int bodyBytesMax, Answering answering) {
        changes.put(path, new Endpoint(where, answering, bodyBytesMax));
        return this;
    }

    /** Adds an endpoint that takes away what its path names, below a path that ends in a slash. */
    public Endpoints addRemoval(String path, Where where, Answering answering) {
        removals.put(path, new Endpoint(where, answering, 0));
        return this;
    }

    /** Lets everybody ask for these paths, read them or change by them, whether logged in or not. */
    public Endpoints open(String... paths) {
        open.addAll(List.of(paths));
        return this;
    }

    /** Whether everybody may ask for a path. */
    boolean isOpen(String path) {
        return open.contains(path);
    }

    /** Lets those who may only look ask for this change too: it changes nothing but their own session. */
    public Endpoints forReaders(String path) {
        forReaders.add(path);
        return this;
    }

    /** Whether who may only look may ask for a change. */
    boolean isForReaders(String path) {
        return forReaders.contains(path);
    }

    /** Shows this to a browser that isn't logged in, whatever page it asks for. */
    public Endpoints askToLogIn(Answer page) {
        loginPage = page;
        return this;
    }

    Answer loginPage() {
        return loginPage;
    }

    /** Adds a stream of events that may be followed. */
    public Endpoints addFeed(String path, EventFeed feed) {
        feeds.put(path, feed);
        return this;
    }

    /** What a GET follows. */
    @Nullable
    EventFeed findFeed(String path) {
        return feeds.get(path);
    }

    /** All of them, each as its method and its path; a path that ends in a slash stands for what is below it. */
    public List<String> listed() {
        List<String> listed = new ArrayList<>();
        exact.keySet().forEach(path -> listed.add("GET " + path));
        subtrees.keySet().forEach(path -> listed.add("GET " + path));
        changes.keySet().forEach(path -> listed.add("POST " + path));
        removals.keySet().forEach(path -> listed.add("DELETE " + path));
        feeds.keySet().forEach(path -> listed.add("GET " + path));
        return listed;
    }

    /** What answers a POST. */
    @Nullable
    Endpoint findChange(String path) {
        return changes.get(path);
    }

    /** What answers a DELETE. */
    @Nullable
    Endpoint findRemoval(String path) {
        return below(removals, path);
    }

    /** What answers a GET or HEAD. */
    @Nullable
    Endpoint find(String path) {
        Endpoint found = exact.get(path);
        if (found != null) {
            return found;
        }
        return below(subtrees, path);
    }

    private static @Nullable Endpoint below(Map<String, Endpoint> subtrees, String path) {
        int slash = path.lastIndexOf('/');
        return slash < path.length() - 1 ? subtrees.get(path.substring(0, slash + 1)) : null;
    }
}
