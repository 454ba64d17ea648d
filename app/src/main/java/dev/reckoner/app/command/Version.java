package dev.reckoner.app.command;

import dev.reckoner.config.RateTables;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest says it, with the Java it runs on and the digest of the built-in rate table. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "reckoner " + number(),
            "rate table " + RateTables.builtIn().version(),
            "java " + System.getProperty("java.version", "?") + " (" + System.getProperty("java.vm.name", "?") + ")"
        };
    }

    /** The product's version, "development" where it doesn't run from its jar. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
