using System.Globalization;
using Governance.Registry.Retention;

namespace Governance.Portal.Features.Retention;

/// <summary>Retention in words.</summary>
internal static class RetentionWords
{
    /// <summary>The day of a moment, in UTC.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>What a class means.</summary>
    public static string Of(RetentionClass kept) => kept.Years is int years
        ? $"files are destroyed {years} years after they were retired."
        : "files are kept until another class is chosen.";

    /// <summary>Where a file stands.</summary>
    public static string Of(RetainedFile file, bool held) => file switch
    {
        { Erased: { } erasure } => $"Erased on {Day(erasure.ErasedAt)}: {erasure.Cause} Its digest and everything the ledger says of it are kept.",
        { DueAt: not null } when held => "Kept by the hold.",
        { DueAt: DateTimeOffset due } => $"Kept until {Day(due)}, then destroyed by the next retention run.",
        { RetiredAt: not null } => "Kept for ever.",
        _ => "Kept while it is in use.",
    };
}
