using Governance.Registry.Versions;

namespace Governance.Registry.Access;

/// <summary>A grant that is wanted.</summary>
/// <param name="To">To whom.</param>
/// <param name="ModelName">Which model, by name: administrators know models by nothing else.</param>
/// <param name="Extras">What a plain grant does not give.</param>
public sealed record NewGrant(GrantHolder To, string ModelName, GrantExtras Extras = GrantExtras.None)
{
    /// <summary>The stages of a version in which it holds; empty for all.</summary>
    public EnumSet<Stage> Stages { get; init; }

    /// <summary>When it ends by itself, exclusive, UTC; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>What a plain grant does not give.</summary>
[Flags]
public enum GrantExtras
{
    None = 0,

    /// <summary>A consumer may ask for explanations of rows.</summary>
    Explanations = 1,

    /// <summary>A reviewer may see rows with personal data; every look is logged.</summary>
    PersonalRows = 2,
}
