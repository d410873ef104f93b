using System.ComponentModel.DataAnnotations;
using Governance.Portal.CommandLine;
using Governance.Registry.Access;
using Governance.Registry.Tokens;

namespace Governance.Portal.Features.Tokens;

/// <summary>What a person fills in for a new token.</summary>
public sealed class TokenForm
{
    /// <summary>Whose rights it carries.</summary>
    [Required(ErrorMessage = "Choose an account.")]
    public Guid? Account { get; set; }

    /// <summary>What it is for.</summary>
    [Required(ErrorMessage = "Say what it is for."), StringLength(ApiToken.MaxNameLength, ErrorMessage = "A name has at most 100 characters.")]
    public string Name { get; set; } = "";

    /// <summary>See <see cref="TokenScope.Read"/>.</summary>
    public bool Read { get; set; }

    /// <summary>See <see cref="TokenScope.Predict"/>.</summary>
    public bool Predict { get; set; }

    /// <summary>See <see cref="TokenScope.Explain"/>.</summary>
    public bool Explain { get; set; }

    /// <summary>See <see cref="TokenScope.Audit"/>.</summary>
    public bool Audit { get; set; }

    /// <summary>See <see cref="TokenScope.Register"/>.</summary>
    public bool Register { get; set; }

    /// <summary>See <see cref="TokenScope.Ingest"/>.</summary>
    public bool Ingest { get; set; }

    /// <summary>See <see cref="TokenScope.Deploy"/>.</summary>
    public bool Deploy { get; set; }

    /// <summary>See <see cref="TokenScope.Download"/>.</summary>
    public bool Download { get; set; }

    /// <summary>Names of models, separated by commas; null for all.</summary>
    [StringLength(2_000, ErrorMessage = "These are too many models.")]
    public string? Models { get; set; }

    /// <summary>Networks, separated by commas; null for everywhere.</summary>
    [StringLength(1_000, ErrorMessage = "These are too many networks.")]
    public string? Networks { get; set; }

    /// <summary>Days until it expires.</summary>
    [Range(1, ApiToken.MaxDays, ErrorMessage = "A token lives 1 to 90 days.")]
    public int Days { get; set; } = ApiToken.DefaultDays;

    /// <summary>In the registry's words.</summary>
    internal NewToken Wish() => new(new UserId(Account!.Value), Name, [.. Scopes()])
    {
        Models = [.. EnumList.Words([Models ?? ""])],
        Networks = [.. EnumList.Words([Networks ?? ""])],
        Days = Days,
    };

    private IEnumerable<TokenScope> Scopes() => new[]
    {
        (TokenScope.Read, Read), (TokenScope.Predict, Predict), (TokenScope.Explain, Explain), (TokenScope.Audit, Audit), (TokenScope.Register, Register),
        (TokenScope.Ingest, Ingest), (TokenScope.Deploy, Deploy), (TokenScope.Download, Download),
    }.Where(each => each.Item2).Select(each => each.Item1);
}
