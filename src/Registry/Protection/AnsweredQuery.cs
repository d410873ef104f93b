using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Protection;

/// <summary>One row answered: the traffic log.</summary>
/// <remarks>
/// Operational and no fact: neither ledger nor triggers know it. It holds no cell of the row, only a keyed digest, by which
/// exact repeats are known and a subject's row can be found by whoever has it and the key.
/// </remarks>
public sealed class AnsweredQuery
{
    /// <summary>The longest <see cref="Form"/>.</summary>
    public const int MaxFormLength = 100;

    /// <summary>The length of a digest: 128 bits in hexadecimal digits.</summary>
    public const int DigestLength = 32;

    /// <summary>Notes an answer.</summary>
    /// <param name="id">Ordered by time of making.</param>
    /// <param name="model">Of which model.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="principal">Who asked.</param>
    /// <param name="token">By which token; null for a session.</param>
    /// <param name="kind">What was asked, in the words of the audit.</param>
    /// <param name="form">What was released, in the words of the audit.</param>
    /// <param name="digest">The row's keyed digest.</param>
    /// <param name="units">What it cost; 0 for an exact repeat.</param>
    /// <param name="micros">How long it took, in microseconds.</param>
    /// <param name="at">UTC, to the microsecond.</param>
    public AnsweredQuery(
        Guid id, ModelId model, ModelVersionId version, UserId principal, Guid? token, string kind, string form,
        string digest, int units, long micros, DateTimeOffset at)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, DigestLength, nameof(digest));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(form.Length, MaxFormLength, nameof(form));
        Id = id;
        Model = model;
        Version = version;
        Principal = principal;
        Token = token;
        Kind = kind;
        Form = form;
        Digest = digest;
        Units = units;
        Micros = micros;
        At = at;
    }

    public Guid Id { get; private init; }

    public ModelId Model { get; private init; }

    public ModelVersionId Version { get; private init; }

    public UserId Principal { get; private init; }

    public Guid? Token { get; private init; }

    public string Kind { get; private init; }

    public string Form { get; private init; }

    public string Digest { get; private init; }

    public int Units { get; private init; }

    public long Micros { get; private init; }

    public DateTimeOffset At { get; private init; }
}
