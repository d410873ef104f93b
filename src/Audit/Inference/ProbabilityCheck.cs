namespace Governance.Audit.Inference;

/// <summary>Whether the numbers of an output can be class probabilities.</summary>
internal static class ProbabilityCheck
{
    // What rounding leaves of a sum of up to some hundred probabilities.
    private const double Slack = 1e-4;
    private const double HalfSlack = 1e-2;

    /// <summary>Checks an output.</summary>
    /// <param name="output">Its values.</param>
    /// <param name="isGuess">Whether nothing says that they are probabilities, only that there are several a row.</param>
    public static ModelCheck Of(OutputValues output, bool isGuess)
    {
        double[] numbers = output.Numbers ?? [];
        double slack = output.Spec.Type is "tensor(float16)" or "tensor(bfloat16)" ? HalfSlack : Slack;
        double? outside = numbers.Cast<double?>().FirstOrDefault(number => !(number >= -slack && number <= 1 + slack));
        double worst = numbers.Chunk(Math.Max(output.Width, 1)).Select(row => row.Sum()).DefaultIfEmpty(1).MaxBy(sum => Math.Abs(sum - 1));
        bool sums = output.Width == 1 || Math.Abs(worst - 1) <= slack;
        if (outside is null && sums)
        {
            return new ModelCheck("probabilities", true, $"The output '{output.Name}' holds probabilities{(output.Width > 1 ? " that sum to 1" : "")}.");
        }

        string fault = outside is not null ? $"hold {outside:G6}" : $"sum to {worst:G6}, not to 1";
        return new ModelCheck("probabilities", false, isGuess
            ? $"What the {output.Width} numbers a row of the output '{output.Name}' mean is said by no operator, name or encoding; they are no class probabilities, because they {fault}."
            : $"The output '{output.Name}' is called a probability, but its rows {fault}.");
    }
}
