namespace Governance.Registry.Checkpoints;

/// <summary>When a checkpoint is sealed. Pure.</summary>
public static class CheckpointPolicy
{
    /// <summary>The longest that an entry waits for a checkpoint while the portal runs.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    /// <summary>The most entries that wait for one.</summary>
    public const int Entries = 100;

    /// <summary>Actions, or beginnings of actions that end with a dot, after which one is sealed at once.</summary>
    /// <remarks>Sign-offs and the moves they cause, whatever leaves the portal, roles and accounts, break-glass, proposals, keys.</remarks>
    public static IReadOnlyList<string> AtOnce { get; } =
    [
        "sign-off.", "attestation.", "version.approved", "version.approved-with-conditions", "version.rejected", "version.suspended",
        "version.voided", "release.", "artifact.released", "ledger.exported", "pack.", "subject.exported",
        "user.added", "user.invited", "user.service-added", "user.roles-set", "user.deactivated", "user.reactivated",
        "break-glass.", "proposal.", "signing-key.",
    ];

    /// <summary>Whether a checkpoint is sealed right after an entry of this action.</summary>
    public static bool IsAtOnce(string action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return AtOnce.Any(each => each.EndsWith('.') ? action.StartsWith(each, StringComparison.Ordinal) : action == each);
    }

    /// <summary>Whether one is due.</summary>
    /// <param name="waiting">The actions of the entries that no checkpoint covers.</param>
    /// <param name="oldest">How long the first of them has waited.</param>
    public static bool IsDue(IReadOnlyList<string> waiting, TimeSpan oldest)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        return waiting.Count > 0 && (waiting.Count >= Entries || oldest >= Interval || waiting.Any(IsAtOnce));
    }
}
