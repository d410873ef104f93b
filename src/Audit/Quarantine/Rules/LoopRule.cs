using Governance.Audit.Data;
using Governance.Audit.Quarantine.Scanning;
using Governance.Audit.Quarantine.Sizes;

namespace Governance.Audit.Quarantine.Rules;

/// <summary>A Loop says beforehand how often it runs.</summary>
internal static class LoopRule
{
    /// <summary>The rounds of a Loop.</summary>
    /// <param name="node">A Loop.</param>
    /// <param name="trips">What is known of its first input.</param>
    /// <param name="around">The rounds of the loops around it, multiplied.</param>
    /// <param name="limits">The most rounds.</param>
    /// <returns>With those around it multiplied in.</returns>
    /// <exception cref="InputException">The number is not known beforehand, or too large.</exception>
    public static double Rounds(ScannedNode node, Fact trips, double around, ModelLimits limits)
    {
        string loop = node.Name.Length > 0 ? $"The Loop {Quoted.Of(node.Name)}" : "A Loop of the model";
        if (node.Inputs.Count == 0 || node.Inputs[0].Length == 0)
        {
            throw new InputException($"{loop} has no number of rounds, so it may run for ever.");
        }

        if (trips.Value is not [double rounds])
        {
            throw new InputException($"{loop} runs a number of rounds that is no constant; what it costs cannot be known beforehand.");
        }

        double total = Math.Max(rounds, 1) * around;
        return total <= limits.LoopRounds
            ? total
            : throw new InputException($"{loop} runs {total:N0} rounds, those of loops around it multiplied in; at most {limits.LoopRounds:N0} are accepted.");
    }
}
