using Governance.Audit.Encodings;
using Governance.Audit.Inference;

namespace Governance.Audit.Ensembles;

/// <summary>What members said of rows, in the form in which they are combined: the merged graph's arithmetic outside of it.</summary>
internal static class MemberRows
{
    /// <summary>The member's class probabilities.</summary>
    /// <returns>Shape [rows, classes] row-major, columns in the ensemble's order.</returns>
    public static double[] Probabilities(MemberReading member, Prediction said, IReadOnlyList<string> classes)
    {
        double[] own = ClassProbabilities.Of(said[member.Rule.ScoreOutput!], member.Role, member.Classes!);
        return ClassOrder.Move(own, ClassOrder.Between(member.Classes!, classes)!);
    }

    /// <summary>The member's votes: 1 for the class that its own rule decides for.</summary>
    /// <returns>Shape [rows, classes] row-major.</returns>
    public static double[] Votes(MemberReading member, Prediction said, IReadOnlyList<string> classes)
    {
        string[] decided = member.Rule.Decide(said).Predicted!;
        double[] votes = new double[decided.Length * classes.Count];
        for (int row = 0; row < decided.Length; row++)
        {
            int place = classes.ToList().IndexOf(decided[row]);
            if (place >= 0)
            {
                votes[(row * classes.Count) + place] = 1;
            }
        }

        return votes;
    }

    /// <summary>What is combined of a member: votes, probabilities, or predicted numbers.</summary>
    public static double[] Combined(MemberReading member, Prediction said, Combination combination, IReadOnlyList<string>? classes) =>
        classes is null ? said[member.Rule.ScoreOutput!].Numbers!
        : combination == Combination.Majority ? Votes(member, said, classes)
        : Probabilities(member, said, classes);

    /// <summary>The weighted mean of equally long lists.</summary>
    public static double[] Mean(IReadOnlyList<double[]> members, IReadOnlyList<double> shares)
    {
        double[] mean = new double[members[0].Length];
        for (int member = 0; member < members.Count; member++)
        {
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += shares[member] * members[member][i];
            }
        }

        return mean;
    }
}
