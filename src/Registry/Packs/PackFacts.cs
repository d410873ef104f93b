using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;

namespace Governance.Registry.Packs;

/// <summary>The facts of a pack, each proved by an entry that names its digest. Pure.</summary>
internal sealed class PackFacts
{
    private readonly List<(LedgerSubject Subject, JsonObject Fact, string Text)> facts = [];

    private PackFacts()
    {
    }

    /// <summary>Public keys that entries under the signed root speak of.</summary>
    public IEnumerable<InstallationKey> Keys => facts.Where(fact => fact.Subject.Kind == LedgerSubject.SigningKey)
        .Select(fact => InstallationKey.Read(fact.Fact["pem"]!.GetValue<string>()));

    /// <summary>What decisions sealed: the row of each, by the decision's id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Decisions =>
        facts.Where(fact => fact.Subject.Kind == LedgerSubject.Dossier).ToDictionary(fact => fact.Subject.Id, fact => fact.Fact);

    /// <summary>Reads and checks every file below <c>facts/</c>.</summary>
    /// <exception cref="FormatException">One is not the row that its entry names.</exception>
    public static PackFacts Read(Dictionary<string, byte[]> files, Dictionary<long, LedgerLeaf> leaves)
    {
        PackFacts read = new();
        foreach (string path in files.Keys.Where(path => path.StartsWith("facts/", StringComparison.Ordinal)))
        {
            string name = path["facts/".Length..].Replace(".json", "", StringComparison.Ordinal);
            VerifyPack.Demand(
                long.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out long sequence) && leaves.TryGetValue(sequence, out LedgerLeaf? leaf)
                    && FactDigest.Of(files[path]) == leaf.After,
                $"'{path}' is not the row that entry {name} names.");
            string text = VerifyPack.Text(files, path);
            JsonObject whole = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("A fact is no object.");
            JsonObject subject = whole["subject"]!.AsObject();
            read.facts.Add((
                new LedgerSubject(subject["kind"]!.GetValue<string>(), subject["id"]!.GetValue<string>()), whole["fact"]!.AsObject(), text));
        }

        return read;
    }

    /// <summary>Whether some fact says a digest.</summary>
    public bool Names(string digest) => digest.Length == Sha256Hex.Length && facts.Any(fact => fact.Text.Contains(digest, StringComparison.Ordinal));
}
