using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Audit.Data;
using Governance.Portal.CommandLine;
using Governance.Registry.Access;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>Which OpenID Connect provider people may sign in with, and what their groups give them here.</summary>
public sealed record OidcSettings
{
    /// <summary>The environment variable that names the settings file where the command line does not.</summary>
    public const string Variable = "GOVERNANCE_OIDC";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>As on the button "Sign in with …".</summary>
    public string Name { get; init; } = "";

    /// <summary>The provider, exactly as its tokens name it; https, but for a loopback address.</summary>
    public string Authority { get; init; } = "";

    /// <summary>By which the provider knows this portal.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>A file with the client's secret; beside the settings file where it is relative.</summary>
    public string ClientSecretFile { get; init; } = "";

    /// <summary>What is asked for beside <c>openid</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["profile", "email"];

    /// <summary>The claim that lists groups: a name, or a path such as <c>realm_access.roles</c>.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>Roles by group, letter for letter. A group that is not here gives nothing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Roles { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The claim with the name that pages show.</summary>
    public string NameClaim { get; init; } = "name";

    /// <summary>Whether a person whose address the provider has not verified is refused.</summary>
    public bool RequireVerifiedEmail { get; init; }

    /// <summary>Whether a person without an account gets one at their first sign-in.</summary>
    public bool Provision { get; init; } = true;

    /// <summary>The client's secret, read from its file.</summary>
    [JsonIgnore]
    public string ClientSecret { get; private init; } = "";

    /// <summary>What groups give.</summary>
    /// <exception cref="InputException">A role is none.</exception>
    public IReadOnlySet<Role> RolesOf(IEnumerable<string> groups) => EnumList.Read<Role>(
        groups.SelectMany(group => Roles.TryGetValue(group, out IReadOnlyList<string>? roles) ? roles : []), "role");

    /// <summary>Reads the settings file, and the secret that it points to.</summary>
    /// <exception cref="InputException">A file cannot be read, or says something that cannot be.</exception>
    public static async Task<OidcSettings> ReadAsync(string path, CancellationToken cancellationToken)
    {
        OidcSettings settings;
        try
        {
            settings = JsonSerializer.Deserialize<OidcSettings>(await UserFiles.ReadAsync(path, cancellationToken), Strict)
                ?? throw new InputException($"The settings file '{path}' is empty.");
        }
        catch (JsonException fault)
        {
            throw new InputException($"The settings file '{path}' cannot be read, line {fault.LineNumber + 1}: {fault.Message.Split(" Path:")[0]}", fault);
        }

        foreach ((string name, string value) in ((string, string)[])
            [
                ("name", settings.Name), ("authority", settings.Authority), ("clientId", settings.ClientId),
                ("clientSecretFile", settings.ClientSecretFile), ("groupsClaim", settings.GroupsClaim), ("nameClaim", settings.NameClaim),
            ])
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                throw new InputException($"The settings file '{path}' does not say '{name}'.");
            }
        }

        if (!OidcAddress.IsSafe(settings.Authority))
        {
            throw new InputException("The authority is an https address without query (http only on a loopback address).");
        }

        if (settings.Roles.Count == 0)
        {
            throw new InputException($"The settings file '{path}' maps no group to a role: nobody could come in.");
        }

        settings.RolesOf(settings.Roles.Keys); // refuses a role that is none
        string secretFile = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, settings.ClientSecretFile);
        string secret = System.Text.Encoding.UTF8.GetString(await UserFiles.ReadAsync(secretFile, cancellationToken)).Trim();
        return secret.Length > 0
            ? settings with { ClientSecret = secret }
            : throw new InputException($"The file '{secretFile}' holds no secret.");
    }
}
