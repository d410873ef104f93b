using Governance.Audit.Performance;
using Governance.Audit.Statistics;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Membership inference by a threshold on the loss, or on the confidence.</summary>
/// <remarks>Yeom et al., "Privacy risk in machine learning", CSF 2018; the share at 1 % false alarms after Carlini et al., S&amp;P 2022.</remarks>
internal static class MembershipTest
{
    private const double FalseAlarms = 0.01;

    /// <summary>Tests.</summary>
    /// <param name="attacked">The model.</param>
    /// <param name="terms">What is released.</param>
    /// <param name="members">Shape [rows][width]: rows that were trained on.</param>
    /// <param name="memberClasses">Shape [rows]: their true classes; null where they are not known, -1 where one is not.</param>
    /// <param name="others">Shape [rows][width]: rows that were not.</param>
    /// <param name="otherClasses">Shape [rows]: their true classes.</param>
    /// <param name="level">The confidence level.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static MembershipFigures Run(
        AttackedModel attacked, FrontDoorTerms terms, float[][] members, int[]? memberClasses, float[][] others, int[]? otherClasses,
        double level, CancellationToken cancellationToken)
    {
        ReleaseToThief release = new(attacked.Victim, attacked.Spread);
        bool known = memberClasses is not null && otherClasses is not null;
        double[] scores =
        [
            .. Sureness(members, known ? memberClasses : null), .. Sureness(others, known ? otherClasses : null),
        ];
        sbyte[] labels = [.. members.Select(_ => (sbyte)1), .. others.Select(_ => (sbyte)0)];
        string method = known ? "loss" : "confidence";
        if (!Array.Exists(scores, double.IsFinite))
        {
            return new MembershipFigures(terms.Name, method, null, null, null, null, members.Length, others.Length);
        }

        int[] rows = [.. Enumerable.Range(0, scores.Length).Where(row => double.IsFinite(scores[row])).OrderBy(row => scores[row])];
        AucEstimate[] area = new AucEstimate[1];
        RocAuc.Compute(rows, scores, labels, [], [], area);
        (double caught, int asked) = Caught(rows, scores, labels);
        return new MembershipFigures(
            terms.Name, method, Finite(area[0].Area), area[0].DeLong(level)?.ToArray(),
            caught, WilsonInterval.Compute(caught, asked, level).ToArray(), members.Length, others.Length);

        IEnumerable<double> Sureness(float[][] asked, int[]? classes)
        {
            VictimAnswers answers = attacked.Victim.Answer(asked, cancellationToken);
            return answers.Scores.Select((scores, row) => Sure(release.Prediction(scores, answers.Labels[row], terms.Policy), classes?[row]));
        }
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    // The released probability of the true class, or of the likeliest; the decision alone is right or wrong, or tells nothing.
    private static double Sure(OracleAnswer answer, int? truth) =>
        truth is int known ? known < 0 ? double.NaN : answer.Scores is { } scores ? (double.IsNaN(scores[known]) ? 0 : scores[known]) : answer.Label == known ? 1 : 0
        : answer.Scores?.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max() ?? double.NaN;

    private static (double Share, int Members) Caught(int[] ascending, double[] scores, sbyte[] labels)
    {
        int members = ascending.Count(row => labels[row] == 1);
        int allowed = (int)Math.Floor(FalseAlarms * (ascending.Length - members));
        double share = 0;
        int found = 0;
        int wrong = 0;
        for (int i = ascending.Length - 1; i >= 0; i--)
        {
            found += labels[ascending[i]] == 1 ? 1 : 0;
            wrong += labels[ascending[i]] == 0 ? 1 : 0;

            // Equal scores are taken together or not at all.
            bool ends = i == 0 || scores[ascending[i - 1]] != scores[ascending[i]];
            share = ends && wrong <= allowed ? (double)found / Math.Max(1, members) : share;
        }

        return (share, Math.Max(1, members));
    }
}
