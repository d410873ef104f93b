namespace Governance.Registry.Sessions;

/// <summary>How a person said who they are when a session was opened.</summary>
public enum SessionMethod
{
    /// <summary>With a password alone.</summary>
    Password,

    /// <summary>With a password and a code of an authenticator app.</summary>
    Code,

    /// <summary>With a password and a recovery code.</summary>
    RecoveryCode,

    /// <summary>With a passkey, which is two factors in one: the device, and what unlocks it.</summary>
    Passkey,

    /// <summary>At another provider, whose factors are its own matter.</summary>
    External,
}
