using Governance.Audit.Data;

namespace Governance.Audit.Answers;

/// <summary>What a reader of answers must know. Pure.</summary>
internal static class AnswerWarnings
{
    /// <summary>The warnings of an answer.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="unusual">Shape [rows]: which rows resemble no reference row.</param>
    /// <param name="labelsAlone">Whether a throttle or an alarm holds everything but decisions back.</param>
    public static IReadOnlyList<AuditWarning> Of(AskedRows asked, bool[] unusual, bool labelsAlone)
    {
        List<AuditWarning> warnings = [];
        if (labelsAlone)
        {
            warnings.Add(new AuditWarning(
                "labels-only", "The model gives decisions alone at the moment: it was throttled, or the traffic looked like an attempt to copy it. The portal's Alarms page says which, and what is to be done."));
        }

        if (asked.Hosted.Reference is null)
        {
            warnings.Add(new AuditWarning("no-reference", "The version was never audited, so rows are judged by its encoding alone."));
        }

        warnings.AddRange(unusual.Select((strange, at) => (strange, at)).Where(pair => pair.strange).Select(pair => new AuditWarning(
            "unusual-row", $"Row {pair.at} resembles no reference row of the model, so it is answered by its decision alone.")));
        return warnings;
    }
}
