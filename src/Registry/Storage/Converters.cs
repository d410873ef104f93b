using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Governance.Registry.Storage;

/// <summary>UTC microseconds since year 1: sortable on both databases, and exactly what both can keep.</summary>
internal sealed class MicrosecondUtcConverter() : ValueConverter<DateTimeOffset, long>(
    at => at.UtcTicks / TimeSpan.TicksPerMicrosecond,
    microseconds => new DateTimeOffset(microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero));

/// <summary>An id as its UUID.</summary>
internal sealed class GuidIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make(value))
    where TId : struct, IGuidId<TId>
{
    // An expression tree cannot call a static abstract member itself.
    private static TId Make(Guid value) => TId.From(value);
}

/// <summary>A digest as 64 lower-case hexadecimal digits.</summary>
internal sealed class ArtifactDigestConverter() : ValueConverter<ArtifactDigest, string>(
    digest => digest.Hex, hex => new ArtifactDigest(hex));

/// <summary>A digest as 64 lower-case hexadecimal digits.</summary>
internal sealed class FactDigestConverter() : ValueConverter<FactDigest, string>(
    digest => digest.Hex, hex => new FactDigest(hex));

/// <summary>A set as the names in it, with commas.</summary>
internal sealed class EnumSetConverter<TEnum>() : ValueConverter<EnumSet<TEnum>, string>(
    set => set.ToString(), text => EnumSet.Parse<TEnum>(text))
    where TEnum : struct, Enum;
