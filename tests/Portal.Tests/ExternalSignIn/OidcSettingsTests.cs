using Governance.Audit.Data;
using Governance.Portal.Features.ExternalSignIn;
using Governance.Registry.Access;

namespace Governance.Portal.Tests.ExternalSignIn;

public sealed class OidcSettingsTests : IDisposable
{
    private const string Good = """
        { "name": "ID", "authority": "https://id.example.test", "clientId": "g", "clientSecretFile": "secret", "roles": { "judges": ["reviewer", "Auditor"] } }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("governance-settings-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Reads_the_secret_beside_it_and_maps_groups_letter_for_letter()
    {
        OidcSettings settings = await ReadAsync(Good);

        Assert.Equal("s3cret", settings.ClientSecret);
        Assert.Equal([Role.Reviewer, Role.Auditor], settings.RolesOf(["judges", "Judges", "canteen"]).Order());
        Assert.Empty(settings.RolesOf(["Judges"]));
    }

    [Theory]
    [InlineData("\"clientId\": \"g\", ", "", "does not say 'clientId'")]
    [InlineData("https://id.example.test", "http://id.example.test", "https address")]
    [InlineData("https://id.example.test", "https://id.example.test?x=1", "https address")]
    [InlineData("\"reviewer\"", "\"king\"", "no role 'king'")]
    [InlineData("\"judges\": [\"reviewer\", \"Auditor\"]", "", "maps no group")]
    [InlineData("\"name\"", "\"nmae\"", "nmae")]
    [InlineData("\"name\": \"ID\"", "\"name\": \"ID\", \"name\": \"IE\"", "name")]
    [InlineData("\"secret\"", "\"missing\"", "missing")]
    public async Task Refuses_with_a_sentence(string text, string instead, string sentence) =>
        Assert.Contains(sentence, (await Assert.ThrowsAsync<InputException>(() => ReadAsync(Good.Replace(text, instead, StringComparison.Ordinal)))).Message);

    private async Task<OidcSettings> ReadAsync(string json)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "secret"), "s3cret\n");
        string file = Path.Combine(folder.FullName, "oidc.json");
        await File.WriteAllTextAsync(file, json);
        return await OidcSettings.ReadAsync(file, default);
    }
}
