using System.Reflection;
using System.Text.RegularExpressions;
using Governance.Portal.Features.Profiles;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Tests;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Governance.Portal.Tests.Access;

/// <summary>What a circuit does is judged as routes are: each interactive part asks who is signed in, and the one judgement of access.</summary>
public sealed partial class IslandTests
{
    [Fact]
    public void Every_interactive_part_of_the_pages_is_in_the_list()
    {
        string[] found =
        [
            .. Directory.EnumerateFiles(Path.Combine(Reference.Repository, "src", "Portal"), "*.razor", SearchOption.AllDirectories)
                .SelectMany(file => Interactive().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal),
        ];

        Assert.Equal(found, Islands.All.Select(island => island.Component.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_interactive_part_asks_who_it_is_and_what_they_may()
    {
        foreach ((Type component, Right _) in Islands.All)
        {
            Type[] asked = [.. Injected(component)];
            Assert.True(asked.Contains(typeof(AuthenticationStateProvider)), $"{component.Name} does not ask who is signed in.");
            Assert.True(asked.Contains(typeof(DecideAccess)) || asked.Contains(typeof(ReadVersion)), $"{component.Name} asks no judgement of access.");
        }
    }

    // Role × relation, against the agreed table.
    [Fact]
    public void A_part_computes_for_exactly_those_to_whom_the_agreed_table_gives_its_right()
    {
        List<string> wrong = [];
        foreach ((Type component, Right right) in Islands.All.Where(island => island.Component.IsSubclassOf(typeof(ComputedIsland))))
        {
            MethodInfo allows = component.GetMethod("Allows", BindingFlags.Instance | BindingFlags.NonPublic)!;
            foreach (Role role in RightsTable.Columns)
            {
                foreach (ModelRelation relation in (ModelRelation[])[default, new(true), new(true, Owner: true), new(true, ExplanationsByGrant: true, PersonalRowsByGrant: true)])
                {
                    ViewerRights rights = ViewerRights.Of(UserId.New(), new HashSet<Role> { role }, relation);
                    bool allowed = (bool)allows.Invoke(Activator.CreateInstance(component, nonPublic: true), [rights])!;
                    if (allowed != RightsTable.Allows(role, right, relation))
                    {
                        wrong.Add($"{component.Name}: {role}, {relation}: {allowed}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    // Curves of single rows show rows: they need the right to explain one besides.
    [Fact]
    public void Curves_of_single_rows_need_the_right_to_see_rows()
    {
        MethodInfo allows = typeof(EffectsRun).GetMethod("Allows", BindingFlags.Instance | BindingFlags.NonPublic)!;
        EffectsRun curves = new();
        typeof(EffectsRun).GetProperty(nameof(EffectsRun.Curves))!.SetValue(curves, true); // as a page sets it
        foreach (Role role in RightsTable.Columns)
        {
            ModelRelation relation = new(true);
            bool allowed = (bool)allows.Invoke(curves, [ViewerRights.Of(UserId.New(), new HashSet<Role> { role }, relation)])!;
            Assert.Equal(RightsTable.Allows(role, Right.RunAudit, relation) && RightsTable.Allows(role, Right.ExplainRow, relation), allowed);
        }
    }

    private static IEnumerable<Type> Injected(Type? component) => component is null ? [] :
        component.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(property => property.GetCustomAttribute<InjectAttribute>() is not null).Select(property => property.PropertyType)
            .Concat(Injected(component.BaseType));

    [GeneratedRegex("<(\\w+)[^<]*@rendermode=")]
    private static partial Regex Interactive();
}
