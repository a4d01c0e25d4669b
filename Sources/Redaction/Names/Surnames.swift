// Surnames.
//
// Sources, joined, cut to the commonest and sorted on 2026-11-27:
//  - US Census Bureau, 1990 Census name files, as shipped by PyPI `names` 0.3.0: in the public domain.
//  - PyPI `Faker` 40.63.0, `faker/providers/person/*`, locales in Latin script: MIT licence, copyright (c) 2012 Daniele
//    Faraglia. Its notice: "Permission is hereby granted, free of charge, to any person obtaining a copy of this software
//    and associated documentation files (the "Software"), to deal in the Software without restriction, including without
//    limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
//    Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The
//    above copyright notice and this permission notice shall be included in all copies or substantial portions of the
//    Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
//    LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT
//    SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
//    CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
//    IN THE SOFTWARE."
// A name is ambiguous that is a word in Debian's `wamerican` 2020.12.07, a place, a month or the name of a bank.

/// Surnames, by a space apart.
enum Surnames {
    /// Names that are hardly anything else.
    static let clear: StaticString = """
        Aaaqil Aabid Aadam Aadil Aalam Aalto Aaltonen Aamil Aamir Aamirah Aarif Aariz Aaron Aas Aasif Aasim Aatiq \
        Aazim Abaan Abbott Abdi Abdullahi Abel Aberg Abernathy Abiola Abney Abraham Abrahamsson Abrams Abreu \
        Acevedo Achieng Acker Ackerman Acosta Acuna Acuña Adair Adam Adame Adams Adamson Adan Adcock Addison Aden \
        Adetokunbo Adeyemi Adhiambo Adkins Adler Agee Agnew Aguilar Aguilera Aguirre Ahern Ahmed Aho Ahola Ahonen \
        Aiken Ainsworth Akers Akesson Akins Akinwale Akinyi Akoth Alaniz Alarcon Alarcón Alba Albers Albert \
        Albertson Albrecht Albright Albuquerque Alcala Alcaraz Alcorn Aldrich Aldridge Aleman Alemán Alexander \
        Alexandre Alfaro Alford Ali Alicea Allan Allard Allen Allison Allred Almanza Almeida Alonso Alonzo Alston \
        Altman Alvarado Alvarez Alves Amador Amaral Amato Amaya Ambrose Ames Ammons Amorim Amos Anaya Anders \
        Andersen Anderson Andersson Andrade Andre Andres Andresen Andrew Andrews André Anglin Angulo Anjos Antal \
        Anthony Antoine Anttila Antunes Anyango Aparecida Aparicio Apodaca Aponte Applegate Aquino Aragao Aragon \
        Aragão Aragón Aranda Araujo Araújo Arce Archibald Archuleta Arellano Arevalo Armas Armenta Armijo Armstead \
        Armstrong Arndt Arnett Arnold Arredondo Arreola Arriaga Arrington Arsenault Arteaga Arthur Artis Arvidsson \
        Aryan Ashby Ashcraft Ashe Asher Ashford Ashley Ashton Ashworth Assuncao Assunção Astrom Atchison Atieno \
        Atkins Atkinson Atwell Atwood Augustine Auma Auraq Avalos Avery Avila Aviles Avilés Awadil Awamil Awani \
        Awino Awj Awmar Awuor Axelsson Ayaan Ayala Ayamin Ayers Ayres Ayyubi Azban Azevedo Baaqir Baaree Baashir \
        Baasim Baasit Babar Babb Babcock Babin Baca Bach Bachman Bachmann Backman Bader Baer Baez Baeza Baggett \
        Bagley Bagwell Bailey Bailly Bain Baines Bair Baird Balderas Baldwin Baleegh Balla Ballard Ballesteros \
        Balogh Balogun Bambad Banda Bankston Banuelos Baptista Baptiste Barajas Barasa Barba Barbee Barbier Barbosa \
        Barbour Barela Barfield Barger Barkley Barksdale Barlow Barnard Barnes Barnett Barnette Barnhart Barnhill \
        Barone Barr Barragan Barragán Barraq Barraza Barrera Barrett Barron Barros Barry Barta Bartels Barth \
        Bartholomew Bartlett Bartley Barton Bartos Bartosova Bartova Bartoš Bartošová Basaam Baseer Bashaar \
        Bashaarat Basham Basheerah Bassett Bastin Batal Batchelor Bateman Batista Batool Battaglia Batts Bauer \
        Baugh Baughman Baum Bauman Baumann Baumgartner Bautista Baxter Bayer Beal Beale Beall Bearden Beasley \
        Beattie Beatty Beaty Beauchamp Beaudoin Beaulieu Becerra Becker Beckett Beckham Beckman Beckwith Becnel \
        Bedford Bednar Bednarova Bednář Bednářová Beebe Begay Begley Begum Behrens Belanger Belcher Bellamy Bello \
        Belton Beltran Beltrán Benard Benavides Benavidez Benedict Benes Benesova Beneš Benešová Bengtsson Benitez \
        Benjamin Benner Bennett Benoit Benson Bentley Benton Benítez Beran Beranek Berankova Beranova Beranová \
        Berger Bergeron Berggren Berglund Bergman Bergstrom Bergström Berman Bermudez Bermúdez Bernal Bernard \
        Bernier Bernstein Berrios Bertrand Berube Beránek Beránková Bess Betancourt Bethea Bett Betts Beverly Beyer \
        Bickford Biddle Bigelow Biggs Bilaal Bilek Bilkova Billingsley Billups Bingham Bittner Bivens Bizhan Bjork \
        Bjorklund Björk Björklund Blackburn Blackman Blackmon Blackwell Blaha Blahova Blair Blais Blake Blakely \
        Blalock Blanchard Blanchette Blanco Blankenship Blanton Blaylock Blazek Blazkova Blažek Blažková Bledsoe \
        Blevins Blocker Blodgett Blom Blomqvist Blount Blum Blumel Bláha Bláhová Blümel Bobo Bock Bodart Bodin \
        Bogan Boggs Bohannon Boland Bolden Bolduc Bolin Boling Bollinger Bolton Bonilla Bonner Booker Boone Boothe \
        Borden Boren Borges Borrego Bosch Bostic Bostick Boswell Bouchard Boucher Boudreau Boudreaux Boulanger \
        Bourne Bourque Bowden Bowen Bowens Bowie Bowles Bowlin Bowser Boyce Boyd Boyer Boykin Boyle Boyles Brackett \
        Braden Bradford Bradley Bradshaw Brady Bragg Branco Brandon Brandt Branham Brannon Branson Brantley \
        Brasseur Braswell Bratcher Bratton Braun Braxton Breaux Breeden Breedlove Breen Brennan Brenner Brent \
        Brewster Brice Briggs Brinkley Brinkman Brinson Briones Briscoe Brito Britt Britton Brock Brockman \
        Broderick Bronson Broome Broughton Broussard Browder Brower Browne Brownlee Broyles Broz Brozova Brož \
        Brožová Brubaker Bruce Brumfield Bruner Brunner Bruno Bruns Brunson Bruton Bryan Bryant Bryson Buchanan \
        Buckley Buckner Bueno Buffington Buford Bullard Bundy Bunn Buraid Burch Burchett Burchfield Burdette \
        Burdick Bures Buresova Bureš Burešová Burge Burgess Burgos Burk Burke Burkett Burkhart Burks Burleson \
        Burley Burnett Burnette Burney Burnham Burnside Burrell Burris Burroughs Burt Burton Busch Bustamante \
        Bustos Butterfield Byers Bynum Byrd Byrne Byrnes Báez Bárta Bártová Bílek Bílková Caballero Cabral Cabrera \
        Cade Cady Cagle Cahill Cain Caldeira Calderon Calderón Caldwell Calhoun Calkins Callahan Callaway Calloway \
        Calvert Calvin Calvo Camacho Camara Camargo Camarillo Cameron Campbell Campos Canales Candelaria Canfield \
        Cano Cantrell Cantu Cantwell Canty Capps Capua Caraballo Carbajal Carbone Carden Cardenas Cardona Cardoso \
        Cardwell Carey Carl Carlier Carlin Carlisle Carlos Carlson Carlsson Carlton Carman Carmichael Carmona \
        Carnahan Carneiro Carnes Carney Caro Caron Carpentier Carr Carranza Carrasco Carrera Carrillo Carrington \
        Carroll Carson Carter Cartwright Caruso Carvajal Carvalho Carville Cary Casanova Casares Casas Casey \
        Casillas Cason Casper Cassiano Cassidy Castaneda Castañeda Casteel Castellanos Castillo Castleberry Castro \
        Caswell Catalano Cates Cathey Cato Caudill Causey Cavalcante Cavalcanti Cavanaugh Cavazos Cech Cechova \
        Cecil Centeno Cepeda Cerda Cermak Cermakova Cerna Cerny Cervantes Chacon Chacón Chadwick Chaffin Chalmers \
        Chamberlin Chan Chaney Chang Chapa Chapin Chapman Chappell Charles Charlier Charlton Charo Chastain Chatman \
        Chavarria Chavez Chavis Cheatham Chebet Chege Chelangat Chemutai Chen Cheney Cheng Chepkemoi Chepkirui \
        Chepkoech Chepkorir Chepkwony Chepngeno Chepngetich Cheptoo Cherono Cherop Cherotich Cheruiyot Cheung \
        Chevalier Childers Childress Childs Chisholm Chisolm Cho Choate Choi Chong Christensen Christenson \
        Christiansen Christianson Christie Christman Christopher Christy Chu Chukwu Chun Chung Churchill Cintron \
        Cirino Cisneros Clancy Clanton Clapp Clark Clarke Clarkson Clary Clawson Clayton Cleary Clem Clemens \
        Clements Clemmons Clemons Cleveland Clevenger Clifford Clifton Cline Clinton Clough Cloutier Coates Cobb \
        Cobbs Coble Coburn Cochran Cockrell Cody Coe Coelho Coffey Coffman Cohen Cohn Coker Colbert Colburn Colby \
        Cole Coleman Coles Coley Colin Coll Collado Collard Collazo Collet Colley Collignon Collin Collins Colson \
        Colum Colvin Colwell Compton Comstock Concepcion Condon Conklin Conley Conn Connell Connelly Conner \
        Connolly Connor Connors Conover Conrad Conroy Conti Contreras Conway Cooke Cooley Coombs Cooney Copeland \
        Copley Corbett Corbin Corcoran Cordell Cordero Cordier Cordova Corey Corley Cormican Cormier Cornejo \
        Cornelius Cornell Cornett Cornish Cornwell Coronado Correa Correia Corrigan Cortes Cortez Cortés Cosby \
        Cosgrove Costa Costela Costello Cota Cottrell Coughlin Coulon Coulter Courtney Courtois Couture Covington \
        Cowan Cowart Cowley Coyle Coyne Crabtree Craddock Craig Crain Cramer Crandall Crawford Crawley Crayton \
        Creech Creighton Crenshaw Crespi Crespo Crider Crist Crocker Crockett Croft Cromer Cromwell Cronin Crosby \
        Croteau Crouse Crowder Crowe Crowell Crowley Crum Crump Crutcher Crutchfield Cruz Cuellar Cuevas Culbertson \
        Cullen Culp Culpepper Culver Cummings Cummins Cunha Cunningham Curiel Curley Curran Currie Currier Curtin \
        Curtis Custer Cutler Cuvelier Cyr Câmara Daamin Dabir Dahl Dahlberg Daigle Dailey Dakhil Daley Dalton Daly \
        Damico Damron Damurah Dancy Dangelo Daniel Daniels Danielsen Danielson Danielsson Danner Darain Darby \
        Darden Darnell Daugherty David Davidson Davies Davila Davis Davison Dawkins Dawson Dawud Deak Deaton Decker \
        Dees Dehart Dejesus Delacruz Delagarza Delaney Delannoy Delarosa Delatorre Delattre Deleon Delfosse \
        Delgadillo Delgado Delhaye Dellinger Deloach Delong Delossantos Deluca Delvalle Delvaux Demarco Demers \
        Demir Dempsey Denham Denis Denney Denning Dennis Dennison Denny Denson Denton Deprez Desantis Descamps \
        Dethier Devaux Devine Devlin Devore Devos Devries Dewey Dewitt Dexter Deák Diallo Dias Diaz Dickens \
        Dickerson Dickinson Dickson Diehl Dietrich Dietz Diggs Dillard Dillon Dion Dix Dixon Doan Dobbins Dobbs \
        Dobson Dockery Dodd Dodson Doherty Dolan Dolezal Dolezalova Doležal Doležalová Dolinar Domingo Domingues \
        Dominguez Domínguez Donahue Donald Donaldson Donnell Donnelly Donohue Donovan Dooley Dora Doran Dorman Dorn \
        Dorsey Doss Dostal Dostalova Dostál Dostálová Dotson Doty Dougherty Douglas Douglass Dover Dow Dowd Dowell \
        Dowling Downey Doyle Dozier Draper Driscoll Drummond Drury Duarte Dube Dubois Dubose Duckett Duckworth \
        Dudley Duenas Dueñas Duffy Dufour Dugan Duggan Dugger Dumas Dumont Dunaway Dunbar Duncan Dunham Dunlap Dunn \
        Dunne Dupont Dupre Dupree Dupuis Duran Durand Durant Durbin Durham Durán Dusek Duskova Dutton Duval Duvall \
        Dušek Dušková Dvorak Dvorakova Dvořák Dvořáková Dwyer Dyson Dávila Díaz Earle Earley Easley Eason Easter \
        Easterling Eastman Eaton Ebert Echeverria Echeverría Echols Eckert Edgar Edin Edmond Edmonds Edmondson \
        Edward Edwards Egan Eggleston Ehlert Ehsaas Ejlaal Eklund Ekstrom Ekström Ekwueme Elam Eldridge Elias \
        Eliasson Elizondo Elkins Eller Ellington Elliot Elliott Ellis Ellison Ellsworth Elmore Elrod Ely Emanuel \
        Embry Emerson Emmons Engel Engle English Engstrom Engström Ennis Enriquez Enríquez Epperson Epps Epstein \
        Erickson Eriksen Eriksson Ernst Ervin Erwin Escalante Escamilla Escobar Escobedo Esfandyar Eshan Esparza \
        Espinal Espino Espinosa Espinoza Esposito Esquivel Estep Estes Esteves Estevez Estrada Estévez Etheridge \
        Etienne Eubanks Evans Everett Everhart Evers Evrard Ewing Eze Ezell Fabian Fagan Fahey Fairbanks Fairchild \
        Fairley Faison Faizan Fajardo Falk Fallon Farah Faria Farias Farkas Farley Farnsworth Farr Farrar Farrell \
        Farrington Farris Faulk Faulkner Faust Fay Fazli Feeney Fekete Felder Feldman Feliciano Felix Felton \
        Fennell Fenton Ferguson Fernandes Fernandez Fernández Ferrara Ferrari Ferraro Ferreira Ferrell Ferrer \
        Ferris Fiala Fialova Fialová Fidvi Fierro Figueiredo Figueroa Fincher Findley Finley Finn Finnegan Finney \
        Fischer Fiser Fiserova Fishman Fisk Fitch Fitzgerald Fitzpatrick Fitzsimmons Fišer Fišerová Flaherty \
        Flanagan Flanders Flannery Fleming Fletcher Flink Flores Floyd Flynn Fogaca Fogaça Fogle Foley Folsom Fong \
        Fonseca Fontaine Fontenot Foote Forbes Forman Forrest Forrester Forsberg Forsman Forster Forsyth Forsythe \
        Fortier Fortin Fortner Foss Fournier Foust Fowler Foy Fraley Francis Francisco Franco Francois Franklin \
        Fransson Frantz Franz François Fraser Frazier Frederick Fredriksson Freitas Frey Frias Frick Friedman \
        Fritsch Fritz Frohlich Frye Frías Fröhlich Fuchs Fuentes Fugate Fulmer Fulton Fultz Furman Furr Gabriel \
        Gaddis Gaddy Gaffney Gagne Gagnon Gaillard Gaines Gainey Gaither Galarza Galindo Gallagher Gallardo \
        Gallegos Gallo Galloway Galvan Galvez Galvin Galván Gamboa Gamez Gandy Gann Gannon Gant Gantt Garay Garber \
        Garcia García Garde Gardiner Gardner Gargallo Garnett Garrett Garrido Garvey Garvin Gary Garza Gaskins \
        Gaspar Gaston Gatlin Gauthier Gavin Geary Geiger Geisler George Georges Gerard Gerber German Ghafoor Ghanee \
        Ghannam Ghasaan Ghauth Ghayoor Ghazzal Ghunayn Ghutayf Gibbs Gibson Gifford Gil Gilbert Gilchrist Giles \
        Gillen Gilles Gillespie Gillet Gillette Gilley Gilliam Gilliland Gillis Gilman Gilmore Gilson Gimenez Ginn \
        Giordano Gipson Girard Giron Girón Gitau Githinji Gitonga Glaser Gleason Glenn Glover Glynn Goble Goddard \
        Godfrey Godoy Godwin Goetz Goff Goffin Goforth Gohar Goins Goldberg Goldstein Gomes Gomez Goncalves \
        Gonzales Gonzalez González Gonçalves Gooch Goode Gooden Goodman Goodrich Goodson Goodwin Gordon Gorham \
        Gorman Goss Gossett Gough Gould Gracia Grady Graf Graff Graham Granados Granger Grantham Grayson Greco \
        Greenberg Greene Greenfield Greenlee Greenwood Greer Gregg Gregoire Gregory Greiner Grenier Gresham Grice \
        Grier Griffis Griffith Griffiths Griggs Grigsby Grimm Grisham Grissom Grogan Grossman Grover Grubb Grubbs \
        Gruber Grégoire Guajardo Gubain Guenther Guerin Guerra Guerreiro Guerrero Guevara Guffey Guidry Guillaume \
        Guillen Guillory Guinn Gulfam Gulshan Gunderson Gunn Gunnarsson Gunter Gurley Gustafson Gustafsson \
        Gustavsson Guthrie Gutierrez Gutiérrez Guyton Guzman Guzmán Gálvez Gérard Gómez Haag Haas Hackett Hadley \
        Hafner Hagan Hagen Hager Haggerty Hahn Haines Hairston Hajek Hajkova Hakala Hakansson Haley Haller Halonen \
        Hamalainen Hamblin Hamby Hamel Hamer Hamilton Hamlin Hamm Hammett Hammond Hammonds Hammons Hampton Hamrick \
        Han Hancock Handley Hanes Haney Hankins Hanley Hanlon Hanna Hannah Hanninen Hannon Hansen Hanson Hansson \
        Harbin Hardesty Hardin Harding Hardison Hardman Hardwick Hargis Hargrove Harkins Harlan Harley Harlow \
        Harman Harmon Haro Harper Harrell Harrington Harris Harrison Harry Harter Hartley Hartman Hartmann Harvey \
        Haskell Haskins Hassan Hastings Hatcher Hatfield Hathaway Hatton Haugen Hauser Havel Havlicek Havlickova \
        Havlíček Havlíčková Hawes Hawkins Hawley Hawthorne Hayden Hayes Haynes Hayward Haywood Headley Headrick \
        Healey Healy Hearn Heaton Hebert Heckman Hedlund Hedrick Heffner Hefner Heikkila Heikkilä Heikkinen Heim \
        Hein Heinonen Heinrich Heinz Heller Hellstrom Hellström Helton Hemphill Henderson Hendrick Hendricks \
        Hendrickson Hendriks Hendrix Henley Hennessey Henning Henriksen Henriksson Henriques Henry Hensley Henson \
        Herbert Heredia Herman Hermann Hermans Hermansson Hernandez Herndon Hernández Herr Herrera Herrick \
        Herrington Herrmann Herron Herzog Hess Hester Hewitt Hiatt Hickman Hidalgo Higdon Higginbotham Higgins \
        Higgs Hightower Hildebrand Hildreth Hilliard Hillman Hilton Hiltunen Himes Hines Hinkle Hinojosa Hinson \
        Hinton Hirsch Hirvonen Hitchcock Hite Hitt Hoang Hobbs Hobson Hodge Hodges Hodgson Hoff Hoffman Hoffmann \
        Hofmann Hogg Hogue Holbrook Holcomb Holden Holguin Holley Holliday Hollingsworth Hollins Hollis Holloman \
        Holloway Holm Holman Holmberg Holmes Holmgren Holmstrom Holmström Holst Holt Holton Holub Holubova Holubová \
        Honeycutt Hong Hooper Hoover Hopkins Hopson Horacek Horackova Horak Horakova Horan Horne Horner Hornsby \
        Horton Horvat Horvath Horvathova Horváth Horváthová Horák Horáková Horáček Horáčková Hoskins Houck Hough \
        Houghton Houle Houser Howard Howe Howell Howland Hoy Hoyle Hoyt Hruba Hruby Hrubá Hrubý Hruska Hruskova \
        Hruška Hrušková Hsu Huang Hubbard Huber Hubert Huddleston Hudgins Hudson Huerta Huet Huey Huffman Huggins \
        Hughes Hulsey Hummel Humphrey Humphreys Humphries Hundley Huntley Hurd Hurley Hurst Hurtado Hussain Hussein \
        Hussey Huston Hutcherson Hutchings Hutchins Hutchinson Hutchison Hutson Hutto Hutton Huttunen Huynh Huzaifa \
        Hyatt Hyde Hyland Hyman Hynes Hájek Hájková Hämäläinen Hänninen Håkansson Ibarra Ibraaheem Ibrahim Idris \
        Iftikhaar Iglesias Ihab Ihsaan Ihtiram Ijli Ikonen Ilan Ilic Ilić Ingle Ingram Inman Irby Irish Irizarry \
        Irungu Irvin Irvine Irving Irwin Isaac Isaacs Isaksson Isbell Ismail Isom Ison Issa Issack Iversen Iverson \
        Ivey Jaabir Jabir Jabr Jack Jackson Jacob Jacobs Jacobsen Jacobson Jacoby Jacques Jacquet Jacquot Jad \
        Jaeger Jahdami Jahdari Jakobsen Jakobsson Jalaal Jalil Jamaal Jameel James Jameson Jamison Janda Jandova \
        Jandová Janeckova Janes Janečková Jansen Janssen Janssens Jansson Jaramillo Jaros Jarosova Jaroš Jarošová \
        Jarrell Jarrett Jarvinen Jarvis Jean Jefferies Jeffers Jefferson Jeffery Jeffrey Jeffries Jelinek Jelinkova \
        Jelínek Jelínková Jenkins Jennings Jensen Jernigan Jesus Jeter Jett Jewell Jezek Jezkova Ježek Ježková \
        Jimenez Jiménez Jobe Joe Johansen Johansson John Johnsen Johnson Johnsson Johnston Jokinen Jolley Joly \
        Jones Jonsson Jordon Jorgensen Joseph Jovanovic Jovanović Joyce Joyner Juarez Judd Jude Juhasz Juhász \
        Julian Juma Jung Jurado Juárez Järvinen Jönsson Jørgensen Kaamil Kabeer Kachela Kade Kadlec Kadlecova \
        Kadlecová Kahindi Kahn Kaiser Kala Kaleem Kaleema Kallio Kamal Kamau Kaminski Kamran Kane Kang Kaplan \
        Karaamat Karam Karanja Kari Karimi Karisa Kariuki Karjalainen Karkkainen Karlsen Karlsson Karr Kasam Kashif \
        Kasim Kaspar Kasparova Kasper Katana Katz Kauffman Kaufman Kaul Kauppinen Kaur Kay Kaysan Kazungu Kašpar \
        Kašparová Keane Kearney Kearns Keating Keaton Kee Keefer Keegan Keeler Keenan Keene Keeney Keeton Keith \
        Kelleher Keller Kelley Kellogg Kelly Kelsey Kelso Kemboi Kemp Kemper Kemppainen Kendall Kendi Kendrick \
        Kennedy Kenney Kenny Kenyon Kern Kerns Kerr Kerubo Kessler Kettunen Keyes Kibe Kibet Kidd Kilgore Killian \
        Kilonzo Kilpatrick Kim Kimani Kimathi Kimball Kimble Kimbrough Kimmel Kimutai Kincaid Kingsley Kinney \
        Kinnunen Kinsey Kinyanjui Kinyua Kioko Kipchirchir Kipchumba Kipkirui Kipkoech Kipkorir Kiplagat Kiplangat \
        Kipngetich Kiprono Kiprop Kiprotich Kipruto Kiptoo Kirby Kirchner Kirk Kirkland Kirkpatrick Kirkwood Kirui \
        Kirwan Kiser Klein Kline Klinger Klotz Knapp Knott Knowles Knowlton Knox Knudsen Knutson Koch Koech Koehler \
        Koenig Kohl Kohler Koivisto Kolar Kolarova Kolb Kolář Kolářová Konecna Konecny Konečná Konečný Koonce \
        Koontz Kopecka Kopecky Kopecká Kopecký Kopp Korhonen Korir Kos Kosgei Koskela Koskinen Koster Kovac Kovacs \
        Kovar Kovarova Kovač Kovács Kovář Kovářová Kowalski Kozlowski Kraft Kral Kralova Kramer Kratochvil \
        Kratochvilova Kratochvíl Kratochvílová Kraus Krause Krausova Krausová Krebs Krejcova Krejčová Kristensen \
        Kristiansen Kristoffersen Kriz Krizan Krizova Križan Krueger Kruger Kruse Král Králová Kubicek Kubickova \
        Kubíček Kubíčková Kucera Kucerova Kuhn Kumer Kunda Kunkel Kunz Kuria Kurtz Kuykendall Kučera Kučerová Kyalo \
        Kyle Kärkkäinen Köhler Köster Kříž Křížová Laakso Laaksonen Labeeb Lacey Lachance Lacroix Ladd Ladner \
        Lafferty Lafleur Lahiah Lahti Lahtinen Lai Laine Laird Laitinen Lajlaj Lakatos Lamar Lambert Lamm Lamy \
        Landa Landers Landis Landrum Landry Landy Laney Lang Langat Lange Langford Langley Langlois Langston Lanham \
        Lanier Lankford Lantz Laplante Lapointe Laporte Lappalainen Lara Larkin Larry Larsen Larson Larsson Larue \
        Lassiter Laster Latham Latif Latimer Lau Laughlin Laurent Lavigne Lavoie Lawler Lawrence Lawson Lawton \
        Layne Layth Layton Lazar Leahy Leal Leao Lear Leary Leavitt Leblanc Lebon Lebrun Leclair Leclercq Lecomte \
        Lecoq Ledbetter Ledesma Ledford Ledoux Leduc Lefebvre Lefevre Lefèvre Leger Legg Leggett Legrand Legros \
        Lehman Lehmann Lehtinen Lehto Lehtonen Leigh Leinonen Leite Leiva Lejeune Lemaire Lemay Lemieux Lemmens \
        Lemoine Lemus Lennon Lenoir Lentz Lenz Leon Leonard Leone Leppanen Leppänen Lerma Lerner Leroy Leslie \
        Lester Leung Levesque Levin Levine Lewandowski Lewis Leyva Leão León Libby Libert Lightfoot Ligon Liles \
        Lilja Lilley Lilly Lim Limazah Limon Lin Linares Lind Lindberg Linder Lindfors Lindgren Lindholm Lindley \
        Lindner Lindquist Lindqvist Lindsay Lindsey Lindstrom Lindström Linn Linton Lipp Lipscomb Liska Liskova \
        Littlefield Littlejohn Littleton Liu Livingston Liyaaqat Liyaqat Liška Lišková Locke Lockett Lockhart \
        Locklear Lockwood Loera Loffler Lofgren Loftis Lofton Logan Logsdon Logue Lomax Lombard Lombardi Lombardo \
        Longo Longoria Loomis Lopez Lorenz Lorenzo Lott Louis Loureiro Lourenco Lourenço Lovato Lovejoy Lovelace \
        Lovell Lovett Lowe Lowell Lowery Lowry Loyd Lozano Luay Lucas Luce Lucero Luckett Ludwig Lugo Lujan Luke \
        Luksa Lukša Lumpkin Luna Lund Lundberg Lundgren Lundin Lundqvist Lundstrom Lundström Lundy Lunsford Luqmaan \
        Luqman Lusk Lut Lutf Luther Luttrell Lutz Lyle Lyles Lyman Lynn Lyons Lytle Léonard López Löffler Löfgren \
        Maalik Maalim Maas Maawiya Mabe Mabry Macdonald Macedo Macek Mach Machacek Machackova Machado Macharia \
        Machova Machová Macháček Macháčková Macias Mack Mackenzie Mackey Macklin Maclean Macon Macías Maddox \
        Madison Madiyan Madsen Maes Maestas Magalhaes Magalhães Magana Magee Magnusson Maguire Mahan Mahbeer Mahbub \
        Maheen Maher Mahfuj Mahfuz Mahieu Mahmoud Mahon Mahoney Maia Maier Maina Majd Majeed Makau Makela Makena \
        Makinen Makokha Mala Malcolm Maldonado Malley Mallory Malloy Malone Maloney Maly Malá Malý Mancini Mancuso \
        Mangum Manley Mann Manne Manninen Mansfield Manson Mansson Manuel Manzanares Marchal Marchand Marcum Marcus \
        Marechal Marek Maresova Marešová Marin Marino Marion Markham Markova Markovic Markovič Marková Markus \
        Markuš Marlow Maroof Marques Marquez Marr Marrero Marroquin Marshall Martel Martell Martensson Martin \
        Martindale Martinez Martino Martinsson Martínez Marvin Marx Mary Maréchal Marín Masek Maskova Massart \
        Massey Massie Masson Masterson Mata Matas Matejka Matejkova Mateo Matheny Mathews Mathieu Mathis Matias \
        Matlock Matos Matousek Matouskova Matoušek Matoušková Matson Matthew Matthews Mattila Mattingly Mattison \
        Mattox Mattson Mattsson Matějka Matějková Mauldin Maurer Maxey Maxwell Mayberry Mayer Mayes Mayfield \
        Maynard Mays Maček Mašek Mašková Mbugua Mburu McCarthy McDonald McGilligan Mcadams Mcafee Mcalister \
        Mcallister Mcarthur Mcbee Mcbride Mccabe Mccain Mccall Mccallum Mccann Mccarter Mccarthy Mccartney Mccarty \
        Mccauley Mcclain Mcclanahan Mcclellan Mcclelland Mcclendon Mcclintock Mccloskey Mccloud Mcclung Mcclure \
        Mccollum Mccombs Mcconnell Mccord Mccorkle Mccormack Mccormick Mccoy Mccracken Mccrary Mccray Mccue \
        Mcculloch Mccullough Mccurdy Mccutcheon Mcdaniel Mcdaniels Mcdermott Mcdonald Mcdonnell Mcdonough Mcdowell \
        Mcduffie Mcelroy Mcfadden Mcfall Mcfarland Mcfarlane Mcgee Mcghee Mcgill Mcginnis Mcgovern Mcgowan Mcgrath \
        Mcgraw Mcgregor Mcgrew Mcguire Mchenry Mchugh Mcinnis Mcintire Mcintosh Mcintyre Mckay Mckee Mckenna \
        Mckenzie Mckinley Mckinney Mckinnon Mcknight Mclain Mclaughlin Mclaurin Mclean Mclemore Mclendon Mcleod \
        Mcmahan Mcmahon Mcmanus Mcmillan Mcmillen Mcmillian Mcmullen Mcmurray Mcnabb Mcnair Mcnally Mcnamara Mcneal \
        Mcneely Mcneil Mcneill Mcnulty Mcnutt Mcpherson Mcqueen Mcrae Mcvey Mcwhorter Mcwilliams Meade Meador \
        Medeiros Medlin Medrano Medved Meehan Meeks Meier Meister Mejia Melancon Melendez Mello Melo Melton Melvin \
        Meléndez Mena Menard Mendenhall Mendes Mendez Mendonca Mendonça Mendoza Menendez Menéndez Mercado Mercer \
        Mercier Meredith Merrick Merrill Merritt Mertens Messer Messina Meszaros Metcalf Metz Metzger Metzler \
        Meunier Meyer Meyers Meza Michael Michaels Michaud Michaux Michel Michiels Middleton Miettinen Mikkelsen \
        Mikkonen Milam Milburn Millard Milligan Milne Milner Milton Mims Minter Minton Mintz Miranda Mireles Mistry \
        Mitchell Mitter Mixon Mize Mobley Moe Moeller Moen Moffett Moffitt Mohamed Mohammed Mohamud Mohan Mohr \
        Moilanen Mojica Molina Molnar Molnár Momanyi Monahan Moniz Monroe Monson Montague Montalvo Montanez Montano \
        Monteiro Montenegro Montero Montes Montez Montgomery Montoya Mooney Moore Mora Moraa Moraes Morais Morales \
        Moran Moravcova Moravcová Moravec Moreau Morehead Moreira Moreland Moreno Morey Moriarty Morin Morley \
        Morrell Morrill Morris Morrison Morrissey Morse Mortensen Morton Mosby Moseley Moser Moses Mosher Mosier \
        Mosley Mota Mott Moulin Moulton Moura Mourib Moya Moye Moyer Muchiri Mueller Muema Mueni Mugambi Mugo Muir \
        Muiruri Mukami Muli Mullen Muller Mullerova Mulligan Mullin Mullins Mulwa Mumo Muncy Munene Mungai Muniz \
        Munoz Munson Munyao Murdock Muriithi Murillo Murimi Murithi Muriuki Muro Murphy Murray Murrell Murry Musa \
        Musil Musilova Musilová Musser Mustonen Musyoka Musyoki Mutai Mutheu Muthoni Mutinda Mutisya Mutua Mutuku \
        Mutunga Muñoz Mwangi Mwaniki Mwanzia Mwaura Mwenda Mwende Mwendwa Mwikali Myers Myles Myrick Márquez Mäkelä \
        Mäkinen Månsson Mårtensson Méndez Mészáros Müller Müllerová Naail Nabeel Nabih Nadeau Nadeem Naeem Nagel \
        Nagle Nagy Najam Najeeb Najera Nance Napier Naquin Naranjo Narvaez Narváez Nascimento Nash Nava Navarrete \
        Navarro Navratil Navratilova Navrátil Navrátilová Naylor Ndegwa Ndirangu Ndungu Neal Needham Neeley Neely \
        Neff Negrete Negron Neil Neill Nekesa Nelson Nemcova Nemec Nemecek Nemeckova Nemeth Nesbitt Ness Neto \
        Neuman Neumann Nevarez Neves Neville Newberry Newby Newcomb Newell Newkirk Newman Newsom Newsome Nganga \
        Ngeno Ngetich Ngo Ngugi Nguyen Nicholas Nicholls Nichols Nicholson Nickerson Nicolas Nielsen Nielson \
        Niemela Niemelä Niemi Nieminen Nieto Nieves Niles Nilsson Nino Nixon Niño Njagi Njenga Njeri Njeru Njogu \
        Njoki Njoroge Njuguna Nnamani Noe Nogueira Nolan Noland Nolen Noonan Noor Norberg Nordin Nordstrom \
        Nordström Noriega Norman Norris Norton Norwood Novaes Novais Novak Novakova Novotna Novotny Novotná Novotný \
        Novák Nováková Nowak Noyes Nugent Nunes Nunez Nunn Nurmi Nyabuto Nyaga Nyakundi Nyambura Nyberg Nye Nyman \
        Nyongesa Nystrom Nyström Németh Núñez Němcová Němec Němeček Němečková Oakes Oakley Oates Obasanjo Oberg Obi \
        Obrien Ocampo Ocasio Ochieng Ochoa Oconnell Oconnor Odell Oden Odhiambo Odom Odongo Odonnell Oduor Ogden \
        Oglesby Ogunleye Ohara Ojala Ojeda Ojo Okafor Okeefe Okello Okonkwo Okoth Okumu Olah Olawale Oldham Oleary \
        Oliva Olivares Olivarez Olivas Oliveira Oliver Olivera Olivier Olivo Olmstead Olofsson Olsen Olson Olsson \
        Oluoch Olvera Oláh Omair Omalley Omar Omeir Omondi Omran Ondieki Oneal Oneil Oneill Ontiveros Onyango Opiyo \
        Ordonez Ordóñez Oreilly Orellana Ornelas Orosco Orourke Orozco Orr Orta Ortega Ortiz Osborn Osborne Osburn \
        Osgood Oshodi Osman Osorio Ossama Ostrander Oswald Otero Otieno Otis Otoole Ott Otto Ouellette Ouma \
        Overstreet Overton Owais Owen Owens Owino Owuor Oyekan Pacheco Packard Padgett Padilla Paez Paine Paiva Pak \
        Palacios Palla Palma Palmer Palomo Palumbo Pannell Pantoja Papp Pappas Paquette Paradis Paredes Parham \
        Parker Parkinson Parmentier Parnell Parr Parra Parris Parrish Parrott Partanen Partin Patel Paterson Patino \
        Patiño Patrick Patten Patterson Patton Paul Pauley Paulsen Paulson Pauwels Pavlicek Pavlik Pavlikova Pavlov \
        Pavlík Pavlíková Pavlíček Paxton Payne Payton Paz Peachey Pearce Pearson Pedersen Pederson Pedraza Peebles \
        Peeples Peeters Peixoto Pelayo Pelletier Peltier Peltonen Pemberton Pena Pendergrass Pendleton Penn \
        Pennington Perales Peralta Perdue Perea Pereira Perez Perkins Perrin Perry Perryman Persson Peskova Pesonen \
        Petek Peter Peterman Petersen Peterson Petersson Petit Petitjean Petrova Petrová Pettersson Pettit Peyton \
        Peña Pešková Pfeifer Pfeiffer Pham Phan Phelan Phelps Philippe Phillips Phipps Picard Pickard Pickens \
        Pickering Pickett Pierre Pierson Piette Pimenta Pimentel Pina Pineda Pinheiro Pinho Pino Pinson Pipkin \
        Pires Piron Pirotte Pitkanen Pitkänen Pitt Pittman Pitts Pizarro Piña Plante Platt Plummer Plunkett Poe \
        Pogue Pohl Poindexter Poirier Pokorna Pokorny Pokorná Pokorný Polak Polakova Polanco Polk Pollack Pollard \
        Pollock Polák Poláková Ponce Poncelet Pons Poole Poore Popovic Popović Porras Porterfield Portillo Posada \
        Posey Pospisil Pospisilova Pospíšil Pospíšilová Poston Potts Poulin Poulsen Powell Prada Prado Prater \
        Prather Pratt Prescott Presley Pressley Preston Prewitt Prichard Pridgen Prieto Pringle Pritchard Pritchett \
        Prochazka Prochazkova Procházka Procházková Proffitt Prokop Pruett Pruitt Pryor Puckett Puente Puga Pugh \
        Puig Pulido Pulkkinen Pullen Pulliam Purcell Purdy Purnell Purvis Putman Putnam Putz Pyle Páez Pérez Qaasim \
        Qabeel Qadar Qadeer Qahtan Qaim Qais Qaseem Qasif Quadir Qualls Quarles Quesada Quezada Quigley Quinlan \
        Quinn Quinones Quintana Quintanilla Quintero Quiroz Qusay Qutaybah Raaghib Raakin Raashid Raatib Rabah \
        Rabar Rabb Rabbani Rabee Rabiah Racz Rader Radford Radi Raed Rafay Rafeek Rafferty Rafi Ragan Ragland \
        Ragsdale Raheel Raines Rainey Ralph Ralston Ramey Ramirez Ramon Ramos Ramsey Ramírez Ramón Rand Randall \
        Randle Randolph Raney Rangel Rankin Rantala Rantanen Rapp Rasanen Rasmussen Ratcliff Ratliff Rau Rauch \
        Rawlings Rawls Raya Rayburn Raymond Razo Rea Reagan Reardon Reaves Redd Reddick Redding Reddy Redman \
        Redmond Reece Reeder Rees Reese Regalado Regan Reich Reichert Reichmann Reid Reilly Reinhardt Reiter Remy \
        Renard Renault Rendon Renfro Renier Renner Renteria Reuter Rey Reyes Reyna Reynolds Reynoso Rezende Rhoades \
        Rhoads Rhodes Ribeiro Ricci Richard Richards Richardson Richey Richie Richmond Richter Rickard Ricker \
        Ricketts Rickman Rico Riddick Ridenour Ridgeway Ridley Riggins Riggs Rigsby Riha Rihova Riley Rinaldi \
        Rincon Rincón Rinehart Rios Ripley Ritchie Ritter Rivas Rivera Rivero Rizzo Roark Robb Robbins Roberson \
        Robert Roberts Robertson Robinette Robinson Robison Robledo Robles Robson Roby Roca Rocha Roche Rockwell \
        Roden Rodgers Rodrigue Rodrigues Rodriguez Rodriquez Rodríguez Roger Rohaan Rojas Roland Roldan Roldán \
        Rollins Romano Romeo Romero Romo Roney Rono Rooney Roos Roper Rosa Rosado Rosales Rosario Rosas Rosen \
        Rosenberg Rosenthal Ross Rossi Roth Rotich Roush Rousseau Rowan Rowe Rowell Rowland Rowley Roy Royer \
        Royster Rubin Rubio Rucker Rudd Rudolph Ruffin Ruiz Runyon Rupp Rus Russ Russell Russo Ruth Rutherford \
        Rutledge Ruzicka Ruzickova Ryan Ryder Rácz Räsänen Ríos Růžička Růžičková Saabir Saad Saafir Saahir Saajid \
        Saal Saalim Saaqib Saari Saarinen Saariyah Saavedra Sabah Sabeeh Sabil Sabiq Sabir Saboor Sabur Saburah \
        Sadan Sadaqat Sadeed Sadler Saenz Sair Salas Salazar Salcedo Salcido Saldana Saldaña Salgado Salinas \
        Salisbury Salmi Salminen Salo Salonen Sam Sammons Sampaio Sampson Sams Samson Samuel Samuels Samuelsson \
        Sanabria Sanborn Sanchez Sandberg Sanderson Sandlin Sandoval Sandstrom Sandström Sanford Santana Santos \
        Sapp Sarabia Sargent Sasser Satterfield Saucedo Sauer Sauls Saunders Sauvage Savolainen Saxton Saylor \
        Scanlon Scarborough Scarbrough Schaefer Schaeffer Schafer Schaffer Scheer Schell Schenk Scherer Schiller \
        Schilling Schindler Schlosser Schmid Schmidt Schmitt Schmitz Schneider Schofield Scholl Scholz Schrader \
        Schreiber Schroeder Schubert Schuler Schulte Schultz Schulz Schumacher Schuster Schwab Schwartz Schwarz \
        Schweitzer Schäfer Scott Scroggins Scruggs Scully Searcy Seaton Seay Sedlacek Sedlackova Sedlak Sedlakova \
        Sedlák Sedláková Sedláček Sedláčková Seeley Segovia Segura Seidel Seifert Seiler Seitz Selby Seppala \
        Seppanen Seppälä Seppänen Sepulveda Serna Serra Serrano Servais Sevcik Sevcikova Seward Sewell Seymour \
        Shackelford Shafer Shaffer Shannon Shapiro Sharkey Sharpe Shaw Shay Shea Sheehan Sheffield Shelby Sheldon \
        Shelley Shelton Shepard Sheppard Sheridan Sherman Sherrill Sherrod Sherwood Shinn Shipley Shipman Shipp \
        Shirley Shockley Shuler Shull Shultz Shuman Shumate Sibley Siegel Sigler Sikes Siler Silva Silveira \
        Silverman Simek Simiyu Simkova Simmons Simms Simoes Simon Simonis Simons Simonsen Simpkins Simpson Simões \
        Sinclair Singh Singletary Siqueira Sisk Sisson Sizemore Sjoberg Sjoblom Sjogren Sjöberg Sjöblom Sjögren \
        Skaggs Skelton Skidmore Skinner Slade Slater Slattery Slavik Slavikova Slavík Slavíková Sloan Slocum Slone \
        Smalley Smallwood Smid Smidova Smoot Smyth Snead Sneed Snell Snodgrass Snowden Snyder Soares Soderberg \
        Soderstrom Sokol Sokolov Solano Solis Soliz Solomon Solís Somers Sommer Sommers Sorensen Sorenson Soria \
        Soriano Sorrell Sosa Sotelo Soto Soukup Soukupova Soukupová Souma Sousa Southerland Souza Sowell Spangler \
        Spann Sparkman Spaulding Spearman Speer Spence Spencer Spicer Spivey Spooner Sprague Springer Sprouse \
        Spruill Spurlock Stacey Stacy Stafford Staggs Stahl Staley Stallings Stallworth Stamper Stanek Stanfield \
        Stankova Stanton Staněk Stapleton Starkey Starks Starnes Starr Stastna Stastny Staten Staton Staňková \
        Stclair Stearns Steele Steen Steffen Steinberg Steiner Stejskal Stejskalova Stejskalová Stepanek Stepankova \
        Stephen Stephens Stephenson Stepp Stevens Stevenson Stewart Stiltner Stine Stinnett Stinson Stjohn Stockton \
        Stoddard Stoll Stovall Stover Stowe Stpierre Stratton Strauss Streeter Strickland Strnad Strnadova \
        Strnadová Strom Stromberg Strother Stroud Ström Strömberg Stuart Stubblefield Stubbs Stuckey Stull Sturgill \
        Sturm Suarez Suggs Sullivan Sumner Sumpter Sundberg Sundstrom Sundström Suominen Sutherland Sutter Sutton \
        Suárez Svec Svecova Svendsen Svensson Svoboda Svobodova Svobodová Swafford Swann Swanson Swartz Sweeney \
        Swenson Switzer Sykes Sykora Sykorova Sylvester Szabo Szabó Szilagyi Szilágyi Sáenz Sánchez Söderberg \
        Söderström Sørensen Sýkora Sýkorová Taaj Taanish Tabassum Tabor Tackett Tadeen Tafazal Taft Taggart \
        Tahawwur Taheem Tahir Tahmaseb Taimur Taj Tajammul Takacs Takács Talal Talat Talbert Talbot Talha Talhah \
        Tali Talib Talley Tamanna Tamayo Tanaka Tapia Tarver Tate Tatum Tavares Tawkeel Taylor Teague Teel Teixeira \
        Tejada Tejeda Tellez Tello Templeton Tennant Terrell Tesar Tesař Texier Thacker Thao Tharp Thayer Thibodeau \
        Thibodeaux Thigpen Thiry Thomas Thomason Thompson Thomsen Thomson Thorne Thornton Thorpe Thorsen Thorton \
        Thurman Thurston Tibbs Tice Ticha Tichy Tichá Tichý Tidwell Tierney Tijerina Tillery Tilley Tillman Tilton \
        Timmermans Timmons Tinsley Tipton Tirado Tisdale Titus Tobias Tobin Todd Toivonen Tolbert Toler Toliver \
        Tolliver Toman Tomanova Tomanová Tomlin Tomlinson Tompkins Toney Toro Torrence Torrens Torres Torrez Toth \
        Toussaint Tovar Townsend Tracy Trahan Trammell Tran Trapp Travers Travis Traylor Treadwell Trejo Tremblay \
        Trent Trevino Trimble Trinidad Triplett Tripp Troutman Truitt Trujillo Truong Tubbs Tudor Tuggle Tuma \
        Tumova Tuominen Turk Turley Turnbull Turney Turpin Turunen Tuttle Tyler Tyree Tyson Téllez Tóth Tůma Tůmová \
        Ubaadah Ubadah Ubaid Ubaidah Ubay Ubayd Ubaydullah Uche Uhban Ullmann Ulrich Umaarah Umair Umar Underwood \
        Unger Upchurch Upshaw Upton Urbain Urbanova Urbanová Urbina Urena Ureña Uribe Urrab Urrutia Vacek Vackova \
        Vacková Vahar Vail Vaisanen Valadez Valdes Valdez Valdés Valenta Valente Valentin Valentova Valentová \
        Valentín Valenzuela Valerio Valle Vallejo Valles Valverde Vance Vandyke Vanek Vang Vanhorn Vankova Vann \
        Vaněk Varela Varga Vargas Varner Varney Vasconcelos Vasquez Vaughan Vaughn Vaught Vavra Vavrova Vaz Vazquez \
        Vaňková Vega Vela Velasco Velasquez Velazquez Velez Velázquez Venable Venegas Ventura Vera Verdugo Vergara \
        Vermeulen Vernon Vesela Vesely Veselá Veselý Vetter Viana Vicente Vick Vickers Vickery Vidal Vieira Viera \
        Villalobos Villanueva Villareal Villarreal Villegas Vincent Vinson Virtanen Vitale Vitek Vitkova Vlcek \
        Vlckova Vlček Vlčková Vogel Vogt Voss Vrancken Vue Vávra Vávrová Vázquez Väisänen Vélez Vítek Vítková \
        Waahid Waajid Wachira Waddell Wadood Wadsworth Wafa Wafeeq Wafula Waggoner Wagner Wahhaaj Wahl Wainaina \
        Wairimu Waite Wakefield Walden Waldron Waldrop Wallace Waller Wallin Wallis Walsh Walter Walters Walton \
        Wamalwa Wambua Wambui Wang Wangari Wangui Wanja Wanjala Wanjiku Wanjohi Wanyama Wanyonyi Warfield Warner \
        Washburn Wasson Waterman Watkins Watson Watters Waugh Waweru Wayne Weatherford Weatherly Webb Webber Weber \
        Webster Weems Weiner Weinstein Weiss Weiß Wekesa Weldon Weller Wellman Wendt Wenger Wentworth Wenzel Werner \
        Wertz Wesley Westbrook Wester Westfall Westmoreland Weston Wetzel Whalen Whaley Wharton Whatley Wheatley \
        Wheaton Whelan Whipple Whitaker Whitcomb Whitehead Whitehurst Whiteside Whitfield Whitley Whitlock Whitlow \
        Whitman Whitmore Whitney Whitson Whitt Whittaker Whitten Whittington Whitworth Whyte Wiggins Wilbanks \
        Wilbur Wilburn Wilcox Wilde Wiley Wilhelm Wilkerson Wilkes Wilkins Wilkinson Wilks Willard Willems Willett \
        Willey William Williams Williamson Williford Willingham Willis Willoughby Willson Wilson Winchester Windham \
        Winfield Winkler Winn Winslow Winstead Winston Wirth Wiseman Witherspoon Witt Wofford Wolfe Wolff Wolford \
        Womack Wong Woodall Woodard Woodley Woodruff Woodson Woodward Woodworth Wooten Worden Worley Worrell \
        Worthington Wouters Wray Wyatt Wylie Wyman Wynn Wynne Xiong Yadid Yafir Yaghnam Yahyaa Yaman Yancey Yanez \
        Yang Yar Yarbrough Yasir Yates Yawer Yazzie Ybarra Yeager Yee Yilmaz Yoder Yost Youngblood Yount Yussuf \
        Yáñez Zaafir Zaahid Zaahir Zaakir Zackariya Zafar Zafir Zafrul Zagar Zahaar Zaheer Zahri Zahrun Zahur Zak \
        Zakova Zamora Zapata Zaragoza Zarar Zarate Zavala Zayyir Zeigler Zeller Zeman Zemanova Zemanová Zepeda \
        Zhang Ziegler Zielinski Zimmer Zimmerman Zook Zuniga Zuwayhir Ávila Åberg Åkesson Åström Öberg Čech Čechová \
        Čermák Čermáková Černá Černý Říha Říhová Ševčík Ševčíková Šimek Šimková Šmíd Šmídová Štěpánek Štěpánková \
        Švec Švecová Šťastná Šťastný Žagar Žák Žáková
        """

    /// Names that are words or places as well.
    static let ambiguous: StaticString = """
        Alderman Alley Angel Archer Arenas Arias Arroyo Ash Askew Austin Back Bacon Baker Bales Ball Bandy Banks \
        Barber Barclay Barker Barney Baron Barrios Barrow Barrows Bass Bassi Bates Battle Beach Beam Bean Beard \
        Beaver Beavers Beck Beer Bell Bender Berg Berry Best Billings Bills Binder Birch Bird Bishop Black Bland \
        Blank Bliss Block Bloom Blue Blunt Boles Bond Bonds Bone Bonnet Booth Borders Boston Bourgeois Bower Bowers \
        Bowling Bowman Box Branch Brand Bravo Bray Brewer Bridges Bright Brink Brogan Brooks Brothers Brown \
        Browning Buck Bull Bullock Bunch Burden Burger Burns Burr Burrows Busby Bush Butcher Butler Butts Bäck \
        Cable Call Camp Cannon Card Carpenter Carrier Carrion Carrión Carver Case Cash Castle Chamberlain Chambers \
        Champagne Champion Chance Chandler Chase Cheek Cherry Chester Chestnut Chin Chow Christian Church Clay \
        Clement Close Cloud Clément Coats Coffin Collier Colon Combs Comer Cone Cook Coon Cooper Cope Corona Corral \
        Cote Cotter Cotton Couch Counts Cousins Cox Coy Craft Crane Craven Crews Crisp Crook Crooks Cross Crouch \
        Crow Curry Daily Dale Dallas Darling Davenport Day Deal Dean Dent Dial Diamond Dick Dickey Dill Dodge Doe \
        Doughty Dove Dowdy Downing Downs Drake Drew Driver Duff Duke Dukes Dunning Dye Dyer Dykes Earl Early East \
        Eaves Eddy Edge Elder Emery England Fair Falcon Fanning Farmer Farrow Ferry Field Fields Finch Fine Fink \
        Fish Fisher Fleck Flint Flood Florence Flowers Ford Foreman Fort Forte Fortune Foster Fountain Fox France \
        Frank Franks Free Freeman French Friend Frost Fry Fuller Funk Gage Gal Gale Gallant Gamble Garland Garner \
        Garrison Gates Gay Gee Gentile Gentry Gibbons Gill Givens Glass Gold Golden Goldman Goldsmith Good Gore \
        Grace Grant Graves Gray Green Grey Griffin Grimes Gross Grove Groves Gulley Guy Gál Hacker Hackney Hale \
        Hall Ham Hammer Hand Handy Hanks Harden Harder Hardy Hare Haring Harms Harp Hart Hatch Havens Hawk Hawks \
        Hay Hays Hazel Head Heard Heath Heck Held Helm Helms Her Herring Hickey Hicks High Hill Hills Hinds Hogan \
        Holder Holland Hood Hook Hooker Hooks Hope Hopper Horn House Houston Huff Hull Hunt Hunter Hurt Ireland \
        Israel Ivory Ivy Jasper Johns Joiner Jolly Jordan Joy Judge Justice Keen Keener Kent Key Keys Khan Kinder \
        King Kiss Kitchen Kitchens Knight Knoll Lackey Lacy Lake Lam Lamb Lancaster Lance Land Lane Law Lawless \
        Laws Lay Layman Leach Lee Lemon Lemons Levy Light Lima Lincoln Link Lira Little Lively Llamas Lloyd London \
        Long Looney Lopes Lord Love Luster Lynch Lyon Mace Madden Madrid Madrigal Main Major Majors Manning Maples \
        March Mares Mark Marks Marsh Martens Martins Mason Masters May Mayo Mead Meadows Means Medina Medley Meek \
        Merchant Merino Mesa Miles Miller Mills Miner Minor Mock Moll Monk Moody Moon Morgan Morrow Moss Motley \
        Mull Muse Nettles New Newton Nix Noble Nobles Noel North Noël Numbers Ogle Orlando Outlaw Pace Pack Pagan \
        Page Paige Painter Palm Palomino Parent Paris Parish Park Parks Parry Parson Parsons Partridge Pastor Pate \
        Peacock Peak Pease Peck Peek Pence Penny Peoples Pepper Person Peters Petty Pierce Pike Pinto Piper Ponder \
        Pool Pope Porter Post Potter Power Powers Price Priest Prince Proctor Queen Quick Raid Rains Raja Ransom \
        Rash Ray Read Rector Reed Reedy Reeves Reis Rhea Rice Rich Ricks Riddle Rider Ring Rivers Roach Robin \
        Robins Rock Roe Rogers Roman Root Rose Rounds Rouse Royal Ruff Rush Rushing Rust Sage Sager Said Sales \
        Salmon Salter Sample Sander Sanders Sands Santiago Savage Sawyer Scales Seal Seals Seaman Sears Self \
        Sellers Sever Sevilla Sexton Shade Shah Shank Shanks Sharp Shaver Shearer Sheets Shell Shepherd Shields \
        Shoemaker Shook Short Shorter Sierra Silver Sims Singer Singleton Slack Slaughter Sledge Small Smalls Smart \
        Smiley Smith Snider Snow South Sowers Spain Sparks Spear Spears Squires Stack Stamps Stanford Stanley \
        Staples Stark Steed Stein Sterling Stern Steward Stiles Still Stock Stokes Stone Stoner Storey Story Stout \
        Strand Strange Street Stringer Strong Stump Summers Swain Swan Sweat Sweet Swift Tan Tang Tanner Temple \
        Terry Thatcher Thorn Thrasher Toledo Trotter Trout Troy Tuck Tucker Turner Urban Valencia Valentine Vest \
        Victor Vigil Villa Vines Wade Wagoner Walker Wall Walling Walls Ward Warden Ware Warren Washington Waters \
        Watt Watts Way Weathers Weaver Weeks Weir Welch Wells Welsh West Wheat Wheeler White Whiting Whittle Wicker \
        Wicks Wild Wilder Wiles Wills Wing Winter Winters Wise Withers Wolf Wood Woods Woody Workman Worthy Wren \
        Wright York Young Younger
        """
}
