using System.Text.Json.Nodes;
using Governance.Registry.Checkpoints;
using Governance.Registry.Storage;

namespace Governance.Registry.Alerts;

/// <summary>Mails alerts through the server that the portal was started with.</summary>
public sealed class MailDelivery(RegistryOptions options) : IAlertDelivery
{
    private const int MaxSubjectLength = 200;

    /// <inheritdoc/>
    public DestinationKind Kind => DestinationKind.Mail;

    /// <inheritdoc/>
    public async Task SendAsync(AlertDestination destination, AlertDelivery delivery, string? secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(delivery);
        MailOptions server = options.EffectiveAlertMail
            ?? throw new DeliveryFaultException("The portal knows no mail server: start it with --alert-mail and a settings file.");
        try
        {
            await SmtpMail.SendAsync(
                server, [destination.Address], Subject(delivery), Text(delivery), [("Message-ID", $"<{delivery.Id}@governance.invalid>"), ("Governance-Delivery", delivery.Id.ToString())],
                cancellationToken);
        }
        catch (MailFaultException fault)
        {
            throw new DeliveryFaultException(fault.Message, fault);
        }
    }

    private static string Subject(AlertDelivery delivery)
    {
        JsonNode body = JsonNode.Parse(delivery.Body)!;
        string subject = body["alert"] is JsonObject alert
            ? $"{Capital((string)alert["severity"]!)} alert {(string)body["event"]!}: {(string)alert["model"]!}/{(int)alert["version"]!}, {(string)alert["monitor"]!}"
                + (alert["column"] is JsonNode column ? $", {(string)column!}" : "")
            : "Trial of alerts";
        string line = string.Concat(subject.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= MaxSubjectLength ? line : line[..(MaxSubjectLength - 1)] + "…";
    }

    private static string Text(AlertDelivery delivery)
    {
        JsonNode body = JsonNode.Parse(delivery.Body)!;
        if (body["alert"] is not JsonObject alert)
        {
            return (string)body["sentence"]!;
        }

        string cohort = alert["cohort"] is JsonNode node ? $"\nCohort: {(string)node!}" : "";
        string due = alert["dueAt"] is JsonNode end ? $"\nDue: {(string)end!}" : "";
        return $"""
            {(string)alert["sentence"]!}

            Model: {(string)alert["model"]!}, version {(int)alert["version"]!} ({(string)alert["stage"]!})
            Monitor: {(string)alert["monitor"]!}{cohort}
            Window: {(string)alert["windowFrom"]!} to {(string)alert["windowTo"]!}{due}
            In the portal: {(string)alert["page"]!}

            A flag is a disparity or a change to investigate, not proof of a fault.
            """;
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
