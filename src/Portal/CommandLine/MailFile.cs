using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Audit.Data;
using Governance.Registry.Checkpoints;

namespace Governance.Portal.CommandLine;

/// <summary>A settings file that names a mail server: JSON with host, port, tls, from, to, user, passwordFile.</summary>
internal static class MailFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads it.</summary>
    /// <param name="path">The file; a password file is looked for beside it.</param>
    /// <param name="needsRecipients">Whether it has to say who gets the mail.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">It says something that cannot be.</exception>
    public static async Task<MailOptions> ReadAsync(string path, bool needsRecipients, CancellationToken cancellationToken)
    {
        MailSettings? settings;
        try
        {
            settings = JsonSerializer.Deserialize<MailSettings>(await UserFiles.ReadAsync(path, cancellationToken), Strict);
        }
        catch (JsonException fault)
        {
            throw new InputException($"The settings file '{path}' cannot be read, line {fault.LineNumber + 1}.", fault);
        }

        if (settings is not { Host.Length: > 0, From.Length: > 0, Port: > 0 and < 65_536 } || (needsRecipients && settings.To is not { Count: > 0 }))
        {
            throw new InputException($"The settings file '{path}' says host, port, from{(needsRecipients ? " and to" : "")}.");
        }

        if (!settings.Tls && !(settings.Host == "localhost" || (IPAddress.TryParse(settings.Host, out IPAddress? address) && IPAddress.IsLoopback(address))))
        {
            throw new InputException("Mail without TLS goes only to a server on a loopback address.");
        }

        string? password = settings.PasswordFile is string file
            ? Encoding.UTF8.GetString(await UserFiles.ReadAsync(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file), cancellationToken)).Trim()
            : null;
        return new MailOptions(settings.Host, settings.Port, settings.Tls, settings.From, settings.To ?? [], settings.User, password);
    }

    private sealed record MailSettings(
        string Host, string From, IReadOnlyList<string>? To = null, int Port = 587, bool Tls = true, string? User = null, string? PasswordFile = null);
}
