namespace Governance.Registry.Sessions;

/// <summary>Why a session is over.</summary>
public enum SessionEnd
{
    /// <summary>The person signed out.</summary>
    SignedOut,

    /// <summary>The browser signed in anew.</summary>
    Replaced,

    /// <summary>The person ended it from another session.</summary>
    Revoked,

    /// <summary>An administrator ended it.</summary>
    EndedByAdministrator,

    /// <summary>Nothing came from it for <see cref="SessionPolicy.IdleTime"/>.</summary>
    Idle,

    /// <summary>It reached <see cref="SessionPolicy.WholeTime"/>.</summary>
    TooOld,

    /// <summary>The roles of the account were changed.</summary>
    RolesChanged,

    /// <summary>The account was deactivated.</summary>
    Deactivated,

    /// <summary>The password or a second factor of the account was changed.</summary>
    CredentialsChanged,
}
