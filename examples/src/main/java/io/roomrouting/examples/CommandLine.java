package io.roomrouting.examples;

import io.roomrouting.examples.logs.LogSettings;
import io.roomrouting.examples.settings.ConfigurationException;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.examples.settings.SettingsHelp;
import io.roomrouting.examples.settings.TlsSettings;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Chooses the command, and tells in one line why it cannot start. */
final class CommandLine {

    /** The command serves, or what was asked for has been printed. */
    static final int OK = 0;
    /** The command could not start for a reason outside its configuration. */
    static final int FAILED = 1;
    /** The command line or the configuration is not accepted. */
    static final int REFUSED = 2;

    private static final String JAR = "java -jar routing-examples.jar";

    private final List<Command> commands;
    private final Supplier<Settings> settings;
    private final Consumer<Command.Running> started;
    private final PrintStream out;
    private final PrintStream err;

    CommandLine(
            List<Command> commands,
            Supplier<Settings> settings,
            Consumer<Command.Running> started,
            PrintStream out,
            PrintStream err) {
        this.commands = List.copyOf(commands);
        this.settings = settings;
        this.started = started;
        this.out = out;
        this.err = err;
    }

    int run(List<String> arguments) {
        if (arguments.isEmpty() || isHelp(arguments.get(0))) {
            out.print(usage());
            return arguments.isEmpty() ? REFUSED : OK;
        }
        Optional<Command> command = commands.stream()
                .filter(known -> known.name().equals(arguments.get(0)))
                .findFirst();
        if (command.isEmpty()) {
            return refuse("There is no command \"" + arguments.get(0) + "\"; there are: " + names());
        }
        if (arguments.size() == 1) {
            return start(command.get());
        }
        if (arguments.size() == 2 && isHelp(arguments.get(1))) {
            out.print(help(command.get()));
            return OK;
        }
        return refuse(command.get().name() + " takes no arguments but --help; settings come from the environment");
    }

    private int start(Command command) {
        try {
            Settings given = settings.get();
            LogSettings.apply(given);
            command.settings().forEach(given::get);
            TlsSettings.requireUsable(command.settings(), given);
            started.accept(command.start(given));
            return OK;
        } catch (ConfigurationException e) {
            return refuse(e.getMessage());
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private int refuse(String line) {
        err.println(line);
        return REFUSED;
    }

    private String usage() {
        StringBuilder text = new StringBuilder("Room Routing's bundled systems.\n\nUsage: " + JAR + " <command>\n\n");
        commands.forEach(command -> text.append(String.format("  %-13s%s%n", command.name(), command.summary())));
        return text.append("\nThe settings of a command: ")
                .append(JAR)
                .append(" <command> --help\n")
                .toString();
    }

    private static String help(Command command) {
        return command.summary() + "\n\nUsage: " + JAR + " " + command.name()
                + "\n\nSettings, from environment variables or a file .env in the working directory"
                + " (the environment wins):\n" + SettingsHelp.of(settingsOf(command));
    }

    private static List<Setting<?>> settingsOf(Command command) {
        List<Setting<?>> all = new ArrayList<>(command.settings());
        all.addAll(LogSettings.ALL);
        return all;
    }

    private String names() {
        return String.join(", ", commands.stream().map(Command::name).toList());
    }

    private static boolean isHelp(String argument) {
        return argument.equals("--help") || argument.equals("-h") || argument.equals("help");
    }
}
