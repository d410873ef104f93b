using Governance.Registry.Access;
using Governance.Registry.Storage;

namespace Governance.Registry.SavedViews;

/// <summary>Which saved view.</summary>
public readonly record struct SavedViewId(Guid Value) : IGuidId<SavedViewId>
{
    /// <summary>A new id, ordered by time of making; no rule may depend on that order.</summary>
    public static SavedViewId New() => new(Guid.CreateVersion7());

    /// <inheritdoc/>
    public static SavedViewId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A list as one person likes to look at it: its address under a name. Theirs alone: no fact, and not in the ledger.</summary>
public sealed class SavedView
{
    /// <summary>The longest name, in UTF-16 code units. The database column has the same limit.</summary>
    public const int MaxNameLength = 60;

    /// <summary>The longest address, in UTF-16 code units. The database column has the same limit.</summary>
    public const int MaxAddressLength = 1_000;

    /// <summary>The most that one person keeps: a menu of more is no help.</summary>
    public const int MostOfOne = 40;

    /// <summary>Which.</summary>
    public required SavedViewId Id { get; init; }

    /// <summary>Whose.</summary>
    public required UserId Person { get; init; }

    /// <summary>What they call it, in 1 to <see cref="MaxNameLength"/> characters.</summary>
    public required string Name { get; set; }

    /// <summary>Path and query of this portal, in 1 to <see cref="MaxAddressLength"/> characters.</summary>
    public required string Address { get; set; }

    /// <summary>When it was saved last, UTC.</summary>
    public required DateTimeOffset At { get; set; }
}
