using System.Diagnostics;
using Governance.Audit.Answers;
using Governance.Registry.Access;

namespace Governance.Portal.Features.WhatIf;

/// <summary>What came of a step of a what-if.</summary>
internal abstract record WhatIfOutcome
{
    private WhatIfOutcome()
    {
    }

    /// <summary>The session as it is now.</summary>
    public sealed record Shown(WhatIfState State) : WhatIfOutcome;

    /// <summary>A rule, a budget or an alarm forbids it.</summary>
    /// <param name="Reason">In words.</param>
    /// <param name="Answer">What the pipeline of answers said; null where a limit of the session forbids it.</param>
    public sealed record Refused(Refusal Reason, AnswerOutcome.Refused? Answer) : WhatIfOutcome;

    /// <summary>There is no such session, or not of this person.</summary>
    public sealed record NotFound : WhatIfOutcome;

    /// <summary>From what the pipeline of answers said; a sentence about a masked cell does not quote it.</summary>
    public static WhatIfOutcome Of(AnswerOutcome outcome, WhatIfRow row) => outcome switch
    {
        AnswerOutcome.Refused { Cause: AnswerRefusal.IllegalRow } refused when row.Mask.Columns.Any(
            column => refused.Reason.Sentence.Contains($"'{column}'", StringComparison.Ordinal)) => Of(refused with
            {
                Reason = refused.Reason with { Sentence = "A masked cell of this row is not one that the model may be asked about. Choose another row." },
            }),
        AnswerOutcome.Refused refused => Of(refused),
        AnswerOutcome.NoSuchVersion => new NotFound(),
        _ => throw new UnreachableException(),
    };

    private static Refused Of(AnswerOutcome.Refused refused) => new(refused.Reason, refused);
}
