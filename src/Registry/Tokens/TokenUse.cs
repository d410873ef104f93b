namespace Governance.Registry.Tokens;

/// <summary>When a token was last used, to the minute. Not a fact: it changes with use and no leaf names it.</summary>
public sealed class TokenUse
{
    /// <summary>How far apart two writes for one token are at least, so that a busy program does not become a writer.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>The first use of a token.</summary>
    public TokenUse(ApiTokenId token, DateTimeOffset usedAt)
    {
        Token = token;
        UsedAt = usedAt;
    }

    public ApiTokenId Token { get; private init; }

    /// <summary>UTC; at most <see cref="Every"/> behind the last use.</summary>
    public DateTimeOffset UsedAt { get; private init; }
}
