using System.Globalization;
using System.Net;
using System.Net.Mail;

namespace Governance.Registry.Checkpoints;

/// <summary>The auditors' mailboxes as a place: the last checkpoint, at most once an hour.</summary>
internal sealed class MailPlace(MailOptions options) : ICheckpointPlace
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => "mail to " + string.Join(", ", options.To);

    /// <inheritdoc/>
    public bool WantsAll => false;

    /// <inheritdoc/>
    public TimeSpan Pause => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<string?> KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            using SmtpClient client = new(options.Host, options.Port) { EnableSsl = options.Tls };
            if (options.User is string user)
            {
                client.Credentials = new NetworkCredential(user, options.Password);
            }

            using MailMessage message = new()
            {
                From = new MailAddress(options.From),
                Subject = string.Create(CultureInfo.InvariantCulture, $"Ledger checkpoint: {checkpoint.Size} entries"),
                Body = $"""
                    Keep this message. It lets you find out later whether the ledger was rewritten:
                    governance verify LEDGER --key PUB.pem --checkpoint FILE
                    where FILE holds the lines below, up to and with the one that begins with a dash.

                    {checkpoint.Note}
                    """,
            };
            foreach (string to in options.To)
            {
                message.To.Add(to);
            }

            await client.SendMailAsync(message, limited.Token);
            return null;
        }
        catch (Exception fault) when (fault is SmtpException or FormatException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CopyFaultException($"The mail could not be sent: {fault.Message}", fault);
        }
    }
}
