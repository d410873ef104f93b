using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Detection;
using Governance.Registry.Access;
using Governance.Registry.Teams;
using Governance.Registry.Versions;

namespace Governance.Audit.Answers;

/// <summary>Whose traffic is watched.</summary>
/// <param name="Principal">Who asks.</param>
/// <param name="Teams">Their teams.</param>
/// <param name="Version">Which version.</param>
public sealed record WatchedParty(UserId Principal, IReadOnlyList<TeamId> Teams, ModelVersionId Version);

/// <summary>A row that was answered and paid for; exact repeats are not shown.</summary>
/// <param name="Party">Whose.</param>
/// <param name="Row">Shape [features]: as the model reads it; empty where an input is text.</param>
/// <param name="Score">The positive class's probability; of several classes the gap of the two largest; NaN without.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="WhatIf">The session of a known row that is edited; null outside one.</param>
/// <param name="Looked">The row with its place in honest traffic; null where the version was not calibrated, or reads text.</param>
public sealed record WatchedAnswer(
    WatchedParty Party, ReadOnlyMemory<float> Row, double Score, QueryKind Kind, Guid? WhatIf, WatchedRow? Looked = null);

/// <summary>Something that watches the traffic of answers: a detector of theft. Those registered are all asked.</summary>
public interface IAnswerWatch
{
    /// <summary>Whether an alarm lets them have decisions alone.</summary>
    ValueTask<bool> IsRestrictedAsync(WatchedParty party, CancellationToken cancellationToken);

    /// <summary>Shows it a row that was answered. It may not delay the answer by more than a fraction of a millisecond.</summary>
    ValueTask ObserveAsync(WatchedAnswer answer, CancellationToken cancellationToken);
}
