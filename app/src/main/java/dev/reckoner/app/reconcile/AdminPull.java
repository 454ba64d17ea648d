package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.Shell;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Archive;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.vendor.AdminApi;
import dev.reckoner.reconcile.vendor.Pull;
import dev.reckoner.reconcile.vendor.Pulled;
import dev.reckoner.reconcile.vendor.Waiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Asks the vendor for what a reconciliation needs, and keeps every page in the archive. */
final class AdminPull {

    private static final String VARIABLE = "ANTHROPIC_ADMIN_KEY";

    private final Shell shell;
    private final Settings settings;
    private final Archive archive;

    AdminPull(Shell shell, Settings settings, Archive archive) {
        this.shell = shell;
        this.settings = settings;
        this.archive = archive;
    }

    Pulled days(ReconcileRequest request) {
        AdminApi api = new AdminApi(settings.reconcile().adminUrl(), key(), Waiter.real(), new Random());
        ArchivedPages pages = new ArchivedPages(archive, request, shell.clock());
        Pulled pulled = new Pull(api, pages, this::progress).days(request.from(), request.until());
        pages.finish();
        return pulled;
    }

    private void progress(String what) {
        shell.err().println("Asking " + settings.reconcile().adminUrl() + " for the " + what + " ...");
        shell.err().flush();
    }

    private String key() {
        Path file = settings.reconcile().adminKeyFile();
        if (file != null) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new CommandFailure("the Admin key's file " + file + " can't be read: " + e.getMessage(), e);
            }
        }
        String key = shell.env().getOrDefault(VARIABLE, "").strip();
        if (key.isEmpty()) {
            throw new CommandFailure("no Admin key: set " + VARIABLE + " or reconcile.admin_key_file, or give saved"
                    + " reports with --from-file. Admin keys (sk-ant-admin01-...) are made in the Console under Settings,"
                    + " Admin keys");
        }
        return key;
    }
}
