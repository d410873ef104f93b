using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Explanations.Owen;
using Governance.Audit.Runs;

namespace Governance.Audit.Explanations;

/// <summary>The digest of all that attributions depend on: two requests of one key have the same result.</summary>
/// <remarks>
/// Model, encoding, encoded rows and background with weights, players, hierarchy, output, class, link, method, budget,
/// seed, provider, and the build of this engine and of the runtime; neither threads nor time limits, which change nothing.
/// </remarks>
public static class ExplanationKey
{
    /// <summary>Digests a request.</summary>
    /// <param name="request">The request; how many outputs the model has need not be known yet.</param>
    /// <param name="modelSha256">Of the model's file.</param>
    /// <param name="encodingSha256">Of the encoding.</param>
    /// <param name="output">The output asked for, or null for the default.</param>
    /// <param name="classIndex">The column asked for, or null.</param>
    /// <param name="allClasses">Whether all columns were asked for.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(
        ExplainRequest request, string modelSha256, string encodingSha256, string? output, int? classIndex, bool allClasses)
    {
        StringBuilder text = new();
        Add(text, "explanation-key/2", Engine.Name, typeof(Engine).Module.ModuleVersionId.ToString(), Engine.OnnxRuntime);
        Add(text, modelSha256, encodingSha256, output ?? "", Number(classIndex), allClasses.ToString(), request.Link, request.Provider);
        Add(text, BatchDigest.Of(request.Rows, null), BatchDigest.Of(request.Background, request.BackgroundWeights), request.Reference ?? "");
        Add(text, [.. (request.RowIndices ?? []).Select(row => Number(row))]);
        Add(text, [.. (request.OwnGroups?.Rows ?? []).Select(group => Number(group))]);
        Add(text, [.. (request.OwnGroups?.Background ?? []).Select(group => Number(group))]);
        foreach (Player player in request.OwnPlayers?.SelectMany(plan => plan.Players) ?? request.Players)
        {
            Add(text, [player.Name, .. player.Elements.Select(element => string.Create(CultureInfo.InvariantCulture, $"{element.Tensor}:{element.Offset}"))]);
        }

        Add(text, [.. (request.OwnPlayers ?? []).Select(plan => Number(plan.Players.Count))]);
        AddNode(text, request.Hierarchy);
        foreach (IReadOnlyList<int> window in request.Windows ?? [])
        {
            Add(text, [.. window.Select(player => Number(player))]);
        }

        Add(text, request.Method, Number(request.Samples), Number(request.UntilWidth), Number(request.Seed), Number(request.Steps));
        Add(text, request.Interactions.ToString(), request.PredictedClassOnly.ToString(), request.Deterministic.ToString(), request.Fusion.ToString());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Each word with its length before it and each line with its count, so that no two requests give one text.
    private static void Add(StringBuilder text, params string[] words)
    {
        text.Append(CultureInfo.InvariantCulture, $"{words.Length}");
        foreach (string word in words)
        {
            text.Append(CultureInfo.InvariantCulture, $" {word.Length}:").Append(word);
        }

        text.Append('\n');
    }

    private static void AddNode(StringBuilder text, HierarchyNode? node)
    {
        Add(text, Number(node?.Player), Number(node?.Children.Count));
        foreach (HierarchyNode child in node?.Children ?? [])
        {
            AddNode(text, child);
        }
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
