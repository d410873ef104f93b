using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Audit.Robustness;

/// <summary>Changes of rows of tokens.</summary>
internal static class TokenPerturbations
{
    /// <summary>Tokens left out at random; those behind move up, and padding fills the end.</summary>
    public static IEnumerable<Perturbation> Drop(RobustnessSubject subject)
    {
        Perturbation form = new() { Test = "token-drop", Title = "Tokens left out", Unit = "the chance of each token", Strengths = [0.05, 0.1, 0.2, 0.4] };
        yield return subject.Tokens.Count == 0
            ? form with { Refusal = "The model takes no tokens: no input of whole numbers looks rows of a table up." }
            : form with
            {
                Changed = [.. subject.Tokens.Select(input => subject.Encoded.Tensors[input].Name)],
                Make = (chance, repeat) =>
                {
                    InputTensor[] tensors = [.. subject.Encoded.Tensors];
                    foreach (int input in subject.Tokens)
                    {
                        tensors[input] = Dropped(tensors[input], subject.Request.Padding, chance, subject.Request.Seed, ((long)repeat << 32) + input);
                    }

                    return new InputBatch(tensors);
                },
            };
    }

    /// <summary>Leaves tokens out; a row keeps at least one.</summary>
    /// <param name="tensor">Rows of tokens.</param>
    /// <param name="padding">The token that fills up short rows; it is not dropped.</param>
    /// <param name="chance">Of each token, in [0, 1].</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which random numbers of the seed.</param>
    /// <exception cref="InputException">The padding is no whole number, and the tokens are.</exception>
    public static InputTensor Dropped(InputTensor tensor, string padding, double chance, int seed, long stream) => tensor.Values switch
    {
        long[] longs => With(tensor, Dropped(longs, tensor.Width, Whole(padding), chance, seed, stream)),
        int[] ints => With(tensor, Dropped(ints, tensor.Width, (int)Whole(padding), chance, seed, stream)),
        float[] floats => With(tensor, Dropped(floats, tensor.Width, Whole(padding), chance, seed, stream)),
        string[] texts => With(tensor, Dropped(texts, tensor.Width, padding == "0" ? "" : padding, chance, seed, stream)),
        _ => throw new InputException($"The tokens of the input '{tensor.Name}' are neither whole numbers nor texts."),
    };

    private static InputTensor With(InputTensor tensor, Array values) => new(tensor.Name, values, tensor.Width, tensor.RowShape);

    private static long Whole(string padding) => long.TryParse(padding, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long id)
        ? id
        : throw new InputException($"--padding takes the number of the padding token, not '{padding}'.");

    private static T[] Dropped<T>(T[] values, int width, T padding, double chance, int seed, long stream)
        where T : IEquatable<T>
    {
        SeededRandom random = new(seed, stream);
        T[] made = new T[values.Length];
        Array.Fill(made, padding);
        for (int start = 0; start < values.Length; start += width)
        {
            int kept = 0;
            int first = -1;
            for (int at = start; at < start + width; at++)
            {
                bool dropped = random.NextDouble() < chance;
                if (!values[at].Equals(padding))
                {
                    first = first < 0 ? at : first;
                    if (!dropped)
                    {
                        made[start + kept++] = values[at];
                    }
                }
            }

            if (kept == 0 && first >= 0)
            {
                made[start] = values[first];
            }
        }

        return made;
    }
}
