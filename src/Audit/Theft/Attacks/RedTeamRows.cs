using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Shares out the rows of a red team: what the thief has, what copies are judged on, and who was trained on.</summary>
internal static class RedTeamRows
{
    // More rows make the intervals of membership narrower than anybody needs.
    private const int MostMembers = 5_000;

    /// <summary>The rows that copies are judged on, and those of the thief's own.</summary>
    /// <exception cref="InputException">There are too few.</exception>
    public static (Table Judged, Table Own) Split(RedTeamRequest request)
    {
        (Table judged, Table own) = (request.HeldOut, request.Own ?? request.HeldOut);
        if (request.Own is null)
        {
            SeededRandom random = new(request.Seed, 30);
            List<int>[] halves = [[], []];
            for (int row = 0; row < request.HeldOut.Rows; row++)
            {
                halves[random.NextBelow(2)].Add(row);
            }

            (judged, own) = (request.HeldOut.Take([.. halves[0]]), request.HeldOut.Take([.. halves[1]]));
        }

        return judged.Rows >= RunRedTeam.LeastJudged && own.Rows >= RunRedTeam.LeastJudged
            ? (judged, own)
            : throw new InputException(
                $"Copies are judged on at least {RunRedTeam.LeastJudged} rows that the thief does not have, and the thief has as many; there are {judged.Rows} and {own.Rows}.");
    }

    /// <summary>Membership inference on each terms, terms that release the same once.</summary>
    public static MembershipFigures[] Membership(
        AttackedModel attacked, RedTeamRequest request, IReadOnlyList<FrontDoorTerms> terms, CancellationToken cancellationToken)
    {
        Table members = Drawn(request.Training!, request.Seed);
        Table others = Drawn(request.HeldOut, request.Seed);
        (int[]? memberClasses, int[]? otherClasses) = (Classes(attacked.Victim, members, request.Label), Classes(attacked.Victim, others, request.Label));
        QuerySpace space = attacked.Victim.Space;
        (float[][] memberRows, float[][] otherRows) = (space.Write(members), space.Write(others));
        return
        [
            .. terms.Where(one => one.Kinds.Contains(Answers.Policy.QueryKind.Predict)).Select(one => MembershipTest.Run(
                attacked, one, memberRows, memberClasses, otherRows, otherClasses, request.Level, cancellationToken)),
        ];
    }

    /// <summary>What a reader of the report must know.</summary>
    public static IEnumerable<string> Notes(RedTeamRequest request, Victim victim, AttackedModel attacked)
    {
        if (request.Training is null)
        {
            yield return "No training rows were given: the thief's own rows stand for the published profile and for the detectors' reference, and membership was not tested.";
        }

        if (!victim.HasScores)
        {
            yield return "The model gives no scores, so that every answer is a decision alone.";
        }

        if (attacked.Explanations is null)
        {
            yield return "Explanations were not attacked: the model has several classes, or gives no scores.";
        }

        if (attacked.Calibration is null)
        {
            yield return "There are too few reference rows for detectors, so that nothing was watched.";
        }
    }

    private static Table Drawn(Table table, int seed)
    {
        if (table.Rows <= MostMembers)
        {
            return table;
        }

        SeededRandom random = new(seed, 33);
        return table.Take([.. Enumerable.Range(0, MostMembers).Select(_ => random.NextBelow(table.Rows)).Distinct().Order()]);
    }

    private static int[]? Classes(Victim victim, Table table, string? label)
    {
        if (label is null || table.Find(label) is not Column cells)
        {
            return null;
        }

        List<string> names = [.. victim.Classes];
        int[] classes = [.. Enumerable.Range(0, table.Rows).Select(row => names.IndexOf(cells.Text(row) ?? ""))];
        return Array.TrueForAll(classes, place => place < 0) ? null : classes;
    }
}
