using Governance.Registry.Access;

namespace Governance.Registry.Accounts;

/// <summary>The key that a person's authenticator app shares with the portal. At most one a person.</summary>
/// <remarks>
/// A credential, not a fact: what the ledger says is that one was enrolled or removed. The key is wrapped by the
/// key-encryption key, so that a copy of the database makes no codes.
/// </remarks>
public sealed class SecondFactor
{
    /// <summary>A key that is not confirmed yet.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="sealed">The wrapped key (<see cref="SealedKey"/>).</param>
    /// <param name="wrappedWith">The key-encryption key, by the name that headers bear.</param>
    public SecondFactor(UserId user, byte[] @sealed, string wrappedWith)
    {
        User = user;
        Sealed = @sealed;
        WrappedWith = wrappedWith;
    }

    public UserId User { get; private init; }

    public byte[] Sealed { get; private init; }

    public string WrappedWith { get; private init; }

    /// <summary>When the person showed with a code that their app has the key; null before, and then it counts for nothing.</summary>
    public DateTimeOffset? ConfirmedAt { get; private init; }

    /// <summary>The last step whose code was used; codes up to it are refused.</summary>
    public long LastStep { get; private init; }
}

/// <summary>One way in for whoever lost their authenticator, good once.</summary>
/// <remarks>A credential, not a fact. 79 random bits permit a plain hash: no list of guesses reaches them.</remarks>
public sealed class RecoveryCode
{
    /// <summary>A code that nobody has used.</summary>
    /// <param name="id">Which row.</param>
    /// <param name="user">Whose.</param>
    /// <param name="hash">SHA-256 of the code in its short form, 64 hexadecimal digits.</param>
    public RecoveryCode(Guid id, UserId user, string hash)
    {
        Id = id;
        User = user;
        Hash = hash;
    }

    public Guid Id { get; private init; }

    public UserId User { get; private init; }

    public string Hash { get; private init; }

    /// <summary>Null while it can be used.</summary>
    public DateTimeOffset? UsedAt { get; private init; }
}
