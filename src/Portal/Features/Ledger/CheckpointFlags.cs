using System.CommandLine;
using System.Text;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Checkpoints;
using Governance.Registry.Keys;

namespace Governance.Portal.Features.Ledger;

/// <summary>The flags that say where copies of checkpoints are kept.</summary>
internal static class CheckpointFlags
{
    /// <summary>The file.</summary>
    public static readonly Option<string?> File = new("--checkpoint-file")
    {
        Description = "The file that signed checkpoints of the ledger are appended to, best on another disk; one beside the data folder by default.",
        HelpName = "FILE",
    };

    /// <summary>Witnesses.</summary>
    public static readonly Option<string[]> Witnesses = new("--witness")
    {
        Description = "A witness that checkpoints are sent to: its address, and after a space its public key's file. May be given more than once.",
        HelpName = "URL [PUB.pem]",
    };

    /// <summary>Mail.</summary>
    public static readonly Option<string?> Mail = new("--checkpoint-mail")
    {
        Description = "A settings file (JSON: host, port, tls, from, to, user, passwordFile) for mailing checkpoints to the auditors.",
        HelpName = "FILE",
    };

    /// <summary>Reads them.</summary>
    /// <exception cref="InputException">One says something that cannot be.</exception>
    public static async Task<CheckpointOptions> ReadAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        List<WitnessAddress> witnesses = [];
        foreach (string each in arguments.GetValue(Witnesses) ?? [])
        {
            witnesses.Add(await WitnessAsync(each, cancellationToken));
        }

        return new CheckpointOptions
        {
            File = arguments.GetValue(File), Witnesses = witnesses,
            Mail = arguments.GetValue(Mail) is string file ? await MailFile.ReadAsync(file, needsRecipients: true, cancellationToken) : null,
        };
    }

    /// <summary>Reads a public key of an installation.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static async Task<InstallationKey> KeyAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return InstallationKey.Read(Encoding.UTF8.GetString(await UserFiles.ReadAsync(path, cancellationToken)));
        }
        catch (FormatException fault)
        {
            throw new InputException($"The key file '{path}' cannot be used: {fault.Message}", fault);
        }
    }

    private static async Task<WitnessAddress> WitnessAsync(string text, CancellationToken cancellationToken)
    {
        string[] parts = text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length > 0 && Uri.TryCreate(parts[0], UriKind.Absolute, out Uri? url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            ? new WitnessAddress(url, parts.Length == 2 ? (await KeyAsync(parts[1], cancellationToken)).Pem : null)
            : throw new InputException("--witness takes an https address without query (http only on a loopback address), and after a space the file of its public key.");
    }
}
