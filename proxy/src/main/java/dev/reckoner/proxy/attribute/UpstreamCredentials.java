package dev.reckoner.proxy.attribute;

import org.jspecify.annotations.Nullable;

/** The credentials that virtual keys are served with. Never blocks; any thread. */
@FunctionalInterface
public interface UpstreamCredentials {

    /** None. */
    UpstreamCredentials NONE = name -> null;

    /** The credential of that name, null where there is none or it can't be read. */
    @Nullable
    UpstreamCredential find(String name);
}
