using System.Globalization;

namespace Governance.Registry.Checkpoints;

/// <summary>The auditors' mailboxes as a place: the last checkpoint, at most once an hour.</summary>
internal sealed class MailPlace(MailOptions options) : ICheckpointPlace
{
    /// <inheritdoc/>
    public string Name => "mail to " + string.Join(", ", options.To);

    /// <inheritdoc/>
    public bool WantsAll => false;

    /// <inheritdoc/>
    public TimeSpan Pause => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<string?> KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        string body = $"""
            Keep this message. It lets you find out later whether the ledger was rewritten:
            governance verify LEDGER --key PUB.pem --checkpoint FILE
            where FILE holds the lines below, up to and with the one that begins with a dash.

            {checkpoint.Note}
            """;
        try
        {
            await SmtpMail.SendAsync(
                options, options.To, string.Create(CultureInfo.InvariantCulture, $"Ledger checkpoint: {checkpoint.Size} entries"), body, [], cancellationToken);
            return null;
        }
        catch (MailFaultException fault)
        {
            throw new CopyFaultException(fault.Message, fault);
        }
    }
}
