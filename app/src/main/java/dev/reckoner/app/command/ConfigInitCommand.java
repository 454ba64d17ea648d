package dev.reckoner.app.command;

import dev.reckoner.app.output.Text;
import dev.reckoner.config.SettingsTemplate;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code config init}: writes the documented settings file, never over another. */
@Command(name = "init", sortOptions = false, description = "Write a settings file with every setting explained.")
final class ConfigInitCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to; without it ~/.reckoner/reckoner.yaml. An existing file is left alone.")
    private @Nullable Path file;

    ConfigInitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Path target = file == null ? SettingsOptions.usual(shell) : file;
        String name = Text.harmless(target.toString());
        try {
            Path parent = target.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(target, SettingsTemplate.yaml(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(name + " exists and was left alone; name another file, or remove it first", e);
        } catch (IOException e) {
            throw new CommandFailure(name + " can't be written: " + e.getMessage(), e);
        }
        shell.out()
                .println("Wrote " + name + ". It changes nothing as it stands; edit it, then: reckoner config check");
        return ExitCodes.FINE;
    }
}
