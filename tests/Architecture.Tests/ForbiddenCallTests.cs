using System.Reflection;
using System.Text.RegularExpressions;
using Governance.Tests;
using Microsoft.AspNetCore.Components;

namespace Governance.Architecture.Tests;

/// <summary>Calls that open a door, wherever they stand in the product.</summary>
public sealed partial class ForbiddenCallTests
{
    [Fact]
    public void No_SQL_is_put_together_from_text() => Assert.Empty(Found(RawSql()));

    [Fact]
    public void Programs_are_started_without_a_shell()
    {
        Assert.Empty(Found(Shell()));
        Assert.NotEmpty(Found(Started()));
    }

    // Formats whose bytes name the type to be made have been the road into many programs.
    [Fact]
    public void No_object_is_made_from_bytes_that_name_its_type() => Assert.Empty(Found(TypedBytes()));

    [Fact]
    public void Requests_that_the_portal_sends_follow_no_redirect()
    {
        string[] senders = [.. Sources().Where(file => Sender().IsMatch(File.ReadAllText(file)))];

        Assert.NotEmpty(senders);
        Assert.All(senders, file => Assert.Contains("AllowAutoRedirect = false", File.ReadAllText(file), StringComparison.Ordinal));
    }

    // What a form or a body may set is a type of the portal that holds just that: no row is ever filled from a request.
    [Fact]
    public void No_form_and_no_body_is_bound_to_a_row_of_the_registry()
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        Type[] forms =
        [
            .. Rooms.TypesOf(Rooms.Portal).SelectMany(type => type.GetProperties(Any))
                .Where(property => property.GetCustomAttribute<SupplyParameterFromFormAttribute>() is not null)
                .Select(property => property.PropertyType),
        ];
        Type[] bodies =
        [
            .. Rooms.TypesOf(Rooms.Portal).Where(type => type.Name.EndsWith("Endpoints", StringComparison.Ordinal))
                .SelectMany(type => type.GetMethods(Any)).SelectMany(method => method.GetParameters())
                .Select(parameter => parameter.ParameterType).Where(type => type.Name.EndsWith("Request", StringComparison.Ordinal)),
        ];

        Assert.True(forms.Length > 10);
        Assert.NotEmpty(bodies);
        Assert.DoesNotContain(forms.Concat(bodies), type => type.Assembly == Rooms.Registry || type.Assembly == Rooms.Audit);
    }

    private static IEnumerable<string> Found(Regex forbidden) => Sources()
        .SelectMany(file => forbidden.Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"));

    private static IEnumerable<string> Sources() => new[] { "Registry", "Audit", "Portal" }
        .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Reference.Repository, "src", room), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    [GeneratedRegex(@"\b(FromSqlRaw|ExecuteSqlRaw\w*|SqlQueryRaw)\b|CommandText\s*=\s*(\$""|""[^""]*""\s*\+|string\.(Format|Concat))")]
    private static partial Regex RawSql();

    [GeneratedRegex(@"UseShellExecute\s*=\s*true|new ProcessStartInfo\([^)]*""\s*\+|\bArguments\s*=\s*\$?""|Process\.Start\(""")]
    private static partial Regex Shell();

    [GeneratedRegex(@"\bProcessStartInfo\b")]
    private static partial Regex Started();

    [GeneratedRegex(@"\b(BinaryFormatter|NetDataContractSerializer|LosFormatter|SoapFormatter|TypeNameHandling|XmlSerializer|ObjectStateFormatter)\b")]
    private static partial Regex TypedBytes();

    [GeneratedRegex(@"new HttpClient\b|HttpClient \w+\(\) => new\(|HttpClientHandler|SocketsHttpHandler")]
    private static partial Regex Sender();
}
