package io.roomrouting.examples;

import io.roomrouting.examples.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/** The entry point of the runnable jar. */
public final class Main {

    private static final List<Command> COMMANDS = List.of();

    private Main() {}

    /**
     * Runs a command.
     *
     * @param arguments the command's name, or {@code --help}
     */
    public static void main(String[] arguments) {
        CommandLine commandLine = new CommandLine(
                COMMANDS, () -> Settings.load(System.getenv(), Path.of("")), running -> {}, System.out, System.err);
        int code = commandLine.run(List.of(arguments));
        if (code != CommandLine.OK) {
            System.exit(code);
        }
    }
}
