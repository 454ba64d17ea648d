package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BackoffTest {

    @Test
    void pauses_double_upToTheLongest() {
        Backoff backoff = new Backoff();
        assertEquals(Backoff.FIRST, backoff.failed());
        assertEquals(Backoff.FIRST.multipliedBy(2), backoff.failed());
        assertEquals(Backoff.FIRST.multipliedBy(4), backoff.failed());
        for (int i = 0; i < 1_000; i++) {
            backoff.failed();
        }
        assertEquals(Backoff.LONGEST, backoff.failed());
    }

    @Test
    void success_startsOver_andSaysWhetherItRecovered() {
        Backoff backoff = new Backoff();
        assertFalse(backoff.succeeded());
        backoff.failed();
        assertTrue(backoff.failing());
        assertTrue(backoff.succeeded());
        assertFalse(backoff.failing());
        assertEquals(Backoff.FIRST, backoff.failed());
    }
}
