package dev.reckoner.simulator.admin;

/** Which instant of a request decides its bucket; the vendor doesn't say (api-facts §6). */
public enum Boundary {
    START,
    END
}
