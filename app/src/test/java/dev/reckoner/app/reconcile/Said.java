package dev.reckoner.app.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that remembers what was said at INFO and above, one line each. */
final class Said extends AbstractLogger {

    private static final long serialVersionUID = 1;

    private final transient List<String> lines = new ArrayList<>();

    /** What was said since the last time that this was asked. */
    synchronized List<String> lines() {
        List<String> said = List.copyOf(lines);
        lines.clear();
        return said;
    }

    @Override
    protected synchronized void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (level.toInt() >= Level.INFO.toInt()) {
            lines.add(level + " "
                    + MessageFormatter.arrayFormat(message, arguments).getMessage());
        }
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return true;
    }

    @Override
    public boolean isTraceEnabled(@Nullable Marker marker) {
        return true;
    }

    @Override
    public boolean isDebugEnabled() {
        return true;
    }

    @Override
    public boolean isDebugEnabled(@Nullable Marker marker) {
        return true;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isInfoEnabled(@Nullable Marker marker) {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled(@Nullable Marker marker) {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled(@Nullable Marker marker) {
        return true;
    }
}
