using System.Net;
using System.Net.Mail;

namespace Governance.Registry.Checkpoints;

/// <summary>Sends one mail: the one place that speaks SMTP.</summary>
internal static class SmtpMail
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends it.</summary>
    /// <param name="server">The server; its own recipients are not looked at.</param>
    /// <param name="to">The recipients.</param>
    /// <param name="subject">One line.</param>
    /// <param name="body">Plain text.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MailFaultException">It could not be sent.</exception>
    public static async Task SendAsync(
        MailOptions server, IReadOnlyList<string> to, string subject, string body, IReadOnlyList<(string Name, string Value)> headers,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Patience);
        try
        {
            using SmtpClient client = new(server.Host, server.Port) { EnableSsl = server.Tls };
            if (server.User is string user)
            {
                client.Credentials = new NetworkCredential(user, server.Password);
            }

            using MailMessage message = new() { From = new MailAddress(server.From), Subject = subject, Body = body };
            foreach ((string name, string value) in headers)
            {
                message.Headers.Add(name, value);
            }

            foreach (string each in to)
            {
                message.To.Add(each);
            }

            await client.SendMailAsync(message, limited.Token);
        }
        catch (Exception fault) when (fault is SmtpException or FormatException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new MailFaultException($"The mail could not be sent: {fault.Message}", fault);
        }
    }
}

/// <summary>That a mail could not be sent, as a sentence.</summary>
internal sealed class MailFaultException(string sentence, Exception inner) : Exception(sentence, inner);
