using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Explanations;

/// <summary>Which output and which of its columns <c>governance explain</c> looks at.</summary>
internal static class ExplainedClass
{
    /// <summary>Reads --output, --class and --link.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="signature">The model's outputs.</param>
    /// <param name="encoding">What they mean.</param>
    /// <param name="predicted">Whether each row is explained for the class predicted for it.</param>
    /// <exception cref="InputException">The class is neither a number nor a known name.</exception>
    public static ScorerOptions Read(
        CommandContext context, ModelSignature signature, ModelEncoding encoding, out bool predicted)
    {
        string? output = context.Arguments.GetValue(ExplainCommand.Output);
        string? wanted = context.Arguments.GetValue(ExplainCommand.Class);
        predicted = wanted == "predicted";
        return new ScorerOptions
        {
            Output = output,
            ClassIndex = wanted is null || predicted ? null : Index(wanted, output, signature, encoding),
            AllClasses = predicted,
            Link = context.Arguments.GetValue(ExplainCommand.Link) == "logit" ? ScoreLink.Logit : ScoreLink.Identity,
            Classes = encoding.OrderedClasses,
            Roles = encoding.Outputs.ToDictionary(described => described.Name, described => described.Role),
        };
    }

    /// <summary>The names of the classes that the scorer looks at: the encoding's, else the graph's, else null.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="scorer">After its first call.</param>
    /// <param name="encoding">What the outputs mean.</param>
    /// <exception cref="InputException">The output scores the second of two classes alone, and the first was asked for.</exception>
    public static IReadOnlyList<string>? Names(CommandContext context, ModelScorer scorer, ModelEncoding encoding)
    {
        IReadOnlyList<string>? described = encoding.Outputs.FirstOrDefault(output => output.Name == scorer.Output)?.Classes;
        if (scorer.IsOfSecondClass)
        {
            // A number counts columns, of which there is one; a name means the class.
            string? wanted = context.Arguments.GetValue(ExplainCommand.Class);
            if (wanted == described![0] && !IsColumn(wanted, out _))
            {
                throw new InputException($"The output '{scorer.Output}' is the score of {described[1]} alone: leave --class out, or ask for {described[1]}.");
            }

            if (wanted == "predicted")
            {
                context.Warn(new AuditWarning(
                    "one-class-scored", $"The output '{scorer.Output}' is the score of {described[1]} alone, so each row is explained for {described[1]}, whichever class is predicted."));
            }

            return [described[1]];
        }

        return scorer.ClassIndex is int index
            ? described?.Count > index ? [described[index]] : scorer.Classes
            : described?.Count == scorer.ClassCount ? described : scorer.Classes;
    }

    private static bool IsColumn(string wanted, out int column) => int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out column);

    private static int Index(string wanted, string? output, ModelSignature signature, ModelEncoding encoding)
    {
        if (IsColumn(wanted, out int index))
        {
            return index;
        }

        foreach (IReadOnlyList<string> classes in encoding.Outputs.Where(o => output is null || o.Name == output).Select(o => o.Classes)
            .Concat(signature.Outputs.Where(o => output is null || o.Name == output).Select(o => o.Classes))
            .OfType<IReadOnlyList<string>>())
        {
            for (int i = 0; i < classes.Count; i++)
            {
                if (classes[i] == wanted)
                {
                    return i;
                }
            }
        }

        throw new InputException($"--class takes a column counted from 0, the name of a class, or 'predicted'; there is no class '{wanted}'.");
    }
}
