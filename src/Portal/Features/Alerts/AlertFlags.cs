using System.CommandLine;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Checkpoints;

namespace Governance.Portal.Features.Alerts;

/// <summary>The flag that says through which server alerts are mailed.</summary>
internal static class AlertFlags
{
    /// <summary>The settings file.</summary>
    public static readonly Option<string?> Mail = new("--alert-mail")
    {
        Description = "A settings file (JSON: host, port, tls, from, user, passwordFile) for mailing alerts; by default the server of --checkpoint-mail.",
        HelpName = "FILE",
    };

    /// <summary>Reads it; null where it is not given.</summary>
    /// <exception cref="InputException">The file says something that cannot be.</exception>
    public static async Task<MailOptions?> ReadAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        arguments.GetValue(Mail) is string file ? await MailFile.ReadAsync(file, needsRecipients: false, cancellationToken) : null;
}
