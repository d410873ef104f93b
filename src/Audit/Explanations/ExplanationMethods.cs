using Governance.Audit.Data;

namespace Governance.Audit.Explanations;

/// <summary>The methods by name, and which one suits a number of players.</summary>
public static class ExplanationMethods
{
    /// <summary>Exact enumeration.</summary>
    public const string Exact = "exact";

    /// <summary>Kernel SHAP.</summary>
    public const string Kernel = "kernel";

    /// <summary>The method is chosen by <see cref="Choose"/>.</summary>
    public const string Auto = "auto";

    /// <summary>Up to this many players, auto enumerates: 2^12 coalitions cost no more than two kernel budgets.</summary>
    public const int MostEnumerated = 12;

    /// <summary>The methods that run today, auto included.</summary>
    public static IReadOnlyList<string> Available { get; } = [Auto, Exact, Kernel];

    /// <summary>The methods that the command line names but that this version lacks.</summary>
    public static IReadOnlyList<string> Planned { get; } =
        ["permutation", "owen", "tree", "tree-path", "linear", "saliency", "integrated-gradients", "expected-gradients", "occlusion"];

    /// <summary>The budget where none is given: 2,048 coalitions, 8 a player beyond 256 players.</summary>
    public static int DefaultSamples(int players) => Math.Max(2048, 8 * players);

    /// <summary>Settles the method and the budget.</summary>
    /// <param name="method">As asked for.</param>
    /// <param name="players">The number of players.</param>
    /// <param name="samples">The budget asked for, or null.</param>
    /// <exception cref="InputException">The method is unknown or not built, or cannot take so many players or so few samples.</exception>
    public static ChosenMethod Choose(string method, int players, int? samples)
    {
        if (!Available.Contains(method))
        {
            throw new InputException(Planned.Contains(method)
                ? $"The method '{method}' is not part of this version; available are {string.Join(", ", Available)}."
                : $"There is no method '{method}'; available are {string.Join(", ", Available)}.");
        }

        if (method == Exact || (method == Auto && players <= MostEnumerated))
        {
            if (players > ExactShapley.MaxPlayers)
            {
                throw new InputException(
                    $"The method 'exact' takes at most {ExactShapley.MaxPlayers} players and there are {players}: group features or take 'kernel'.");
            }

            return new ChosenMethod(Exact, 1 << players, method == Exact
                ? null
                : $"{players} players are at most {MostEnumerated}, so all {1 << players:N0} coalitions are evaluated and nothing is sampled.");
        }

        long least = PairedCoalitions.LeastSamples(players);
        int budget = samples ?? DefaultSamples(players);
        return budget < least
            ? throw new InputException($"{players} players need at least {least} samples; {budget} were given.")
            : new ChosenMethod(Kernel, budget, method == Kernel
                ? null
                : $"{players} players are more than {MostEnumerated}, so at most {budget:N0} of their coalitions are sampled.");
    }
}

/// <summary>A settled method.</summary>
/// <param name="Name">exact or kernel.</param>
/// <param name="Samples">The most coalitions a row.</param>
/// <param name="Reason">Why it was taken, one sentence; null where it was asked for by name.</param>
public sealed record ChosenMethod(string Name, int Samples, string? Reason);
