using System.Globalization;
using Governance.Registry.Sessions;

namespace Governance.Portal.Features.Accounts;

/// <summary>What came of signing in.</summary>
internal abstract record OpenSessionOutcome
{
    private OpenSessionOutcome()
    {
    }

    /// <summary>The browser has its cookie.</summary>
    public sealed record Opened : OpenSessionOutcome;

    /// <summary>The password is right; a code of the app is still to come.</summary>
    public sealed record CodeNeeded : OpenSessionOutcome;

    /// <summary>No such account, something wrong, or a deactivated account: which one is not said.</summary>
    public sealed record Refused : OpenSessionOutcome;

    /// <summary>Too many wrong tries for this account.</summary>
    /// <param name="Until">When the next try is looked at.</param>
    public sealed record Locked(DateTimeOffset Until) : OpenSessionOutcome;

    /// <summary>Too many wrong tries from this address.</summary>
    /// <param name="Wait">How long to wait.</param>
    public sealed record TooMany(TimeSpan Wait) : OpenSessionOutcome;

    /// <summary>The password was given too long ago for the code to follow.</summary>
    public sealed record TooLate : OpenSessionOutcome;

    /// <summary>A sentence for the person; null where they are in or a code is asked for.</summary>
    /// <param name="wrong">What to say where something typed was wrong.</param>
    public string? Sentence(string wrong) => this switch
    {
        Refused => wrong,
        Locked { Until: var until } => $"There were {SignInAttempts.Most} wrong passwords or codes. The account is locked until "
            + $"{until.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC. A passkey still opens it.",
        TooMany { Wait: var wait } => "Too many wrong tries came from this address. Try again in "
            + $"{Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes))} min.",
        TooLate => "The password was given too long ago. Begin again.",
        _ => null,
    };
}
