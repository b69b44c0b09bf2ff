package io.roomrouting.socketio.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.SocketServer;
import io.roomrouting.spi.InboundEvent;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what people ask for with a UI. */
final class AdminCommands {

    private static final Logger LOG = LoggerFactory.getLogger(AdminCommands.class);

    private final Directory directory;
    private final SocketServer server;

    AdminCommands(Directory directory, SocketServer server) {
        this.directory = directory;
        this.server = server;
    }

    /** Obeys; false if it is not understood. */
    boolean obey(InboundEvent command) {
        List<JsonNode> arguments =
                command.arguments().stream().map(JsonArguments::node).toList();
        return switch (command.name()) {
            case "emit" -> emit(arguments);
            case "_disconnect" -> disconnect(arguments);
            default -> false;
        };
    }

    /** Namespace, client or room or null, name of the event, its arguments. */
    private boolean emit(List<JsonNode> arguments) {
        if (arguments.size() < 3
                || !arguments.get(0).isTextual()
                || !isName(arguments.get(1))
                || !arguments.get(2).isTextual()) {
            return false;
        }
        List<ClientSocket> clients = directory.find(arguments.get(0).textValue(), name(arguments.get(1)));
        try {
            int taken = server.emitAll(clients, arguments.get(2).textValue(), arguments.subList(3, arguments.size()));
            LOG.info("An event from the admin UI was sent to {} of {} clients", taken, clients.size());
            return true;
        } catch (IllegalArgumentException notAnEvent) {
            LOG.debug("What the admin UI wants to emit is no event", notAnEvent);
            return false;
        }
    }

    /** Namespace, whether to close the connections too, client or room or null. */
    private boolean disconnect(List<JsonNode> arguments) {
        if (arguments.size() < 2
                || !arguments.get(0).isTextual()
                || !arguments.get(1).isBoolean()
                || (arguments.size() > 2 && !isName(arguments.get(2)))) {
            return false;
        }
        Optional<String> name = arguments.size() > 2 ? name(arguments.get(2)) : Optional.empty();
        List<ClientSocket> clients = directory.find(arguments.get(0).textValue(), name);
        if (arguments.get(1).booleanValue()) {
            directory.withSiblings(clients).forEach(ClientSocket::disconnect);
            clients.forEach(ClientSocket::closeConnection);
        } else {
            clients.forEach(ClientSocket::disconnect);
        }
        LOG.info("The admin UI has put out {} clients", clients.size());
        return true;
    }

    private static boolean isName(JsonNode node) {
        return node.isTextual() || node.isNull();
    }

    private static Optional<String> name(JsonNode node) {
        return node.isTextual() && !node.textValue().isEmpty() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
